import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { canRun, runAndClean } from '../namespaces';
import { nodesFor, scheduleOf } from './load';
import { layHub, layNode, namespaces } from './network';

/**
 * `main CYCLES CALLS [LOGS]`: the namespaces of one run; they are gone when it ends, and the next run removes what a killed one
 * left. The folder LOGS gets what every program said.
 */
const [cycles = '20', calls = '50', logs = ''] = process.argv.slice(2);
const AHEAD = '-10';
const NEEDS: Readonly<Record<string, string>> = { ip: 'iproute2', unshare: 'util-linux' };
const PROGRAMS = ['kamailio', 'rtpengine', 'asterisk', 'sipp', 'espeak-ng', 'sox'];

const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-drain-'));
const run = process.pid;

async function main(): Promise<number> {
  if (!canRun(PROGRAMS, NEEDS)) return 2;
  namespaces.sweep();
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
  const ahead = ['-n', AHEAD, 'ip', ...namespaces.inside(run, 'hub', hub)];
  const child = spawn('nice', ahead, { stdio: ['pipe', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

runAndClean(main, () => {
  namespaces.remove(run);
  rmSync(folder, { recursive: true, force: true });
});
