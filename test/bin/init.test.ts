import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../../bin/commands/init';
import { readInputs } from '../../bin/inputs';
import { ran } from '../support/command';

const home = process.cwd();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'voicecell-init-'));
  process.chdir(folder);
});

afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

test.each(['sandbox', 'healthcare-us', 'brokerage-us', 'europe'])(
  'a copy of %s can be planned under its name',
  async (from) => {
    const { code, out } = await ran(run, 'clinic', '--from', from);
    expect(code).toBe(0);
    expect(out).toContain('npx voicecell plan ./clinic.yaml');
    const read = readInputs(['clinic.yaml']);
    expect(read).toMatchObject({
      ok: true,
      inputs: { plans: expect.arrayContaining([expect.objectContaining({ deployment: 'clinic' })]) },
    });
  },
);

test('the lock file beside it counts, and is told by its own name when it is wrong', async () => {
  await ran(run, 'clinic');
  writeFileSync('voicecell.lock.yaml', readFileSync('voicecell.lock.yaml', 'utf8').replace('us-east-1', 'mars-east-1'));
  const read = readInputs([path.resolve('clinic.yaml')]);
  expect(read.ok ? [] : read.problems).toEqual([expect.stringContaining(path.resolve('voicecell.lock.yaml'))]);
});

test.each([
  ['no name', [], 'name one deployment to make'],
  ['two names', ['one', 'two'], 'name one deployment to make'],
  ['a name that stacks cannot have', ['My_Clinic'], 'got name My_Clinic, allowed 2 to 16 lower-case letters'],
  ['a deployment that does not ship', ['clinic', '--from', 'asia'], '--from: got asia, allowed brokerage-us, europe'],
])('%s is one line, and nothing is written', async (_, args, line) => {
  const { code, err } = await ran(run, ...args);
  expect(code).toBe(2);
  expect(err).toContain(line);
  expect(readdirSync('.')).toEqual([]);
});

test('what is there is not overwritten', async () => {
  await ran(run, 'clinic');
  const before = readFileSync('clinic.yaml', 'utf8');
  const { code, err } = await ran(run, 'clinic', '--from', 'europe');
  expect(code).toBe(2);
  expect(err).toMatch(/^clinic\.yaml: got a file that exists, allowed .*, change .*$/);
  expect(readFileSync('clinic.yaml', 'utf8')).toBe(before);
});
