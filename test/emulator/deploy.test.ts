import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withMoto } from '../support/moto';
import { GROUPS } from './assertions';

const DRIVER = ['--import', 'tsx', path.join(__dirname, 'deploy.ts')];
const ROOT = path.join(__dirname, '..', '..');

/** As `npm run deploy:emulated` starts it. */
const start = (): ChildProcess => spawn(process.execPath, DRIVER, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });

async function ended(child: ChildProcess): Promise<{ readonly code: number | null; readonly text: string }> {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, text };
}

const leftBehind = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('voicecell-rehearsal-'));

withMoto('npm run deploy:emulated', () => {
  test('deploys the sandbox, finds what the plan says, and says what that is worth', async () => {
    const { code, text } = await ended(start());
    expect(text).not.toContain('NOT SO');
    for (const part of [
      ...Object.keys(GROUPS),
      'refused as shipped',
      'second deployment',
      'changed cell',
      'spoiled account',
    ])
      expect(text).toMatch(new RegExp(`${part}: (\\d+) of \\1 hold`));
    expect(text).toMatch(/what this does not show\n.*No evidence that records cannot be changed/);
    expect(text).toMatch(/all \d{3} assertions hold\n/);
    expect(code).toBe(0);
  }, 240_000);

  test('leaves nothing behind when it is interrupted', async () => {
    const before = leftBehind();
    const child = start();
    const ending = ended(child);
    await once(child.stdout ?? child, 'data');
    child.kill('SIGINT');
    const { code, text } = await ending;
    expect(text).toContain('interrupted');
    expect(code).toBe(2);
    expect(leftBehind()).toEqual(before);
  }, 60_000);
});
