import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const CLI = path.join(__dirname, '..', 'bin', 'voicecell');
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Templates by path, synthesised in a process of its own somewhere in the world. */
async function templates(cwd: string, env: Record<string, string>): Promise<Map<string, string>> {
  const outdir = mkdtempSync(path.join(tmpdir(), 'voicecell-'));
  folders.push(outdir);
  const { stderr } = await promisify(execFile)(CLI, ['synth', '--all', '--out', outdir], {
    cwd,
    env: { ...process.env, NODE_ENV: '', CDK_VALIDATION: 'false', ...env },
  });
  expect(stderr).toBe('');
  const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.template.json'),
  );
  return new Map(files.toSorted().map((file) => [file, readFileSync(path.join(outdir, file), 'utf8')]));
}

test('the same input gives byte-identical templates from another directory, time zone and locale', async () => {
  const [here, there] = await Promise.all([
    templates(__dirname, { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' }),
    templates(homedir(), { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }),
  ]);
  expect(here.size).toBeGreaterThan(40);
  expect([...there.keys()]).toEqual([...here.keys()]);
  for (const [file, body] of here) expect({ file, same: there.get(file) === body }).toEqual({ file, same: true });
}, 120_000);
