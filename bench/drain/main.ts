import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isHere, PACKAGES } from '../../lab/programs';
import { nodesFor, scheduleOf } from './load';
import { inside, layHub, layNode, remove, sweep } from './network';

/**
 * `main CYCLES CALLS [LOGS]`: the namespaces of one run; they are gone when it ends, and the next run removes what a killed one
 * left. The folder LOGS gets what every program said.
 */
const [cycles = '20', calls = '50', logs = ''] = process.argv.slice(2);
const AHEAD = '-10';
const NEEDS: Readonly<Record<string, string>> = { ip: 'iproute2', unshare: 'util-linux' };
const PROGRAMS = [...Object.keys(NEEDS), 'kamailio', 'rtpengine', 'asterisk', 'sipp', 'espeak-ng', 'sox'];

const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-drain-'));
const run = process.pid;

async function main(): Promise<number> {
  const missing = PROGRAMS.filter((program) => !isHere(program));
  for (const program of missing)
    process.stderr.write(`no ${program}: apt-get install ${NEEDS[program] ?? PACKAGES[program]}\n`);
  if (process.getuid?.() !== 0) process.stderr.write('network namespaces need root\n');
  if (missing.length > 0 || process.getuid?.() !== 0) return 2;
  sweep();
  layHub(run);
  // Here, because a namespace that is named inside another is not known outside, where it is removed.
  for (let node = 1; node <= nodesFor(scheduleOf(Number(cycles))); node += 1) layNode(run, node);
  const hub = [
    process.execPath,
    '--import',
    'tsx',
    path.join(__dirname, 'run.ts'),
    String(run),
    cycles,
    calls,
    folder,
    logs,
  ];
  // What else the machine does is no node of the cell.
  const ahead = ['-n', AHEAD, 'ip', ...inside(run, 'hub', hub)];
  const child = spawn('nice', ahead, { stdio: ['pipe', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

function clean(): void {
  remove(run);
  rmSync(folder, { recursive: true, force: true });
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    clean();
    process.exit(1);
  });

void main().then(
  (code) => {
    clean();
    process.exit(code);
  },
  (error: Error) => {
    clean();
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
