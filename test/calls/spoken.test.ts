import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { plain } from '../../lab/call/dialogue';
import { ANSWERS, CALLER_LINES, GREETING } from '../../lab/call/dialogue';
import { missing } from '../../lab/call/needs';

const ROOT = path.join(__dirname, '..', '..');
const COMMAND = ['--import', 'tsx', 'lab/call/main.ts'];
const lacks = missing();
if (lacks.length > 0 && process.env['CI']) throw new Error(lacks.join('\n'));

/** Programs that have the mark in their environment: whatever a command started. */
function marked(mark: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark);
    } catch {
      return false;
    }
  });
}

(lacks.length > 0 ? describe.skip : describe)(`npm run call ${lacks.join('; ')}`, () => {
  const run = (mark: string) => {
    const child = spawn(process.execPath, COMMAND, { cwd: ROOT, env: { ...process.env, MARK: mark } });
    const state = { child, output: '' };
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (state.output += chunk.toString()));
    return state;
  };

  test('talks to a whole cell by telephone, says what was said and how long it took, and leaves nothing', async () => {
    const mark = `spoken-${process.pid}-a`;
    const call = run(mark);
    const [code] = (await once(call.child, 'exit')) as [number];
    expect({ code, output: code === 0 ? '' : call.output }).toEqual({ code: 0, output: '' });
    const lines = call.output.split('\n');
    const said = lines.join(' ').replace(/\s+/g, ' ');
    expect(said).toContain(`agent ${plain(GREETING)}`);
    for (const [at, line] of CALLER_LINES.entries())
      expect(said).toContain(`caller ${line} agent ${plain(ANSWERS[at]?.says ?? '')}`);
    for (const latency of ['turn round trip', 'heard gap'])
      expect(call.output).toMatch(new RegExp(`^${latency} +median \\d+ ms$`, 'm'));
    expect(lines.filter((line) => /^\d +\d+( +\d+){7}$/.test(line))).toHaveLength(CALLER_LINES.length);
    expect(lines.filter(({ length }) => length > 80)).toEqual([]);
    expect(call.output).toContain('ended by the agent');
    expect(marked(mark)).toEqual([]);
  }, 150_000);

  test('stops everything when it is interrupted', async () => {
    const mark = `spoken-${process.pid}-b`;
    const call = run(mark);
    while (!call.output.includes('calling')) await once(call.child.stdout, 'data');
    expect(marked(mark).length).toBeGreaterThan(4);
    call.child.kill('SIGINT');
    expect(await once(call.child, 'exit')).toEqual([130, null]);
    expect(marked(mark)).toEqual([]);
  });
});

test('npm run call on a machine without the programs names a package for each, and nothing else', () => {
  const bare = mkdtempSync(path.join(tmpdir(), 'bare-'));
  for (const program of ['node', 'sh'])
    symlinkSync(program === 'sh' ? '/bin/sh' : process.execPath, path.join(bare, program));
  const { status, stdout, stderr } = spawnSync(process.execPath, COMMAND, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: bare },
  });
  rmSync(bare, { recursive: true });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  const lines = stderr.trim().split('\n');
  expect(lines).toContain('no kamailio: apt-get install kamailio kamailio-extra-modules kamailio-tls-modules');
  expect(lines.filter((line) => !/^no [^:]+: apt-get install \S+/.test(line))).toEqual([]);
});
