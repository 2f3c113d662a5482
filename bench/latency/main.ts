import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { canRun, runAndClean } from '../namespaces';
import { lay, namespaces } from './namespaces';

/** Namespaces and wires around the cell of one run; they are gone when it ends, and the next run removes what a killed one left. */
const MOST_MS = 480_000;
const NEEDS: Readonly<Record<string, string>> = { cc: 'gcc libc6-dev', ip: 'iproute2', ethtool: 'ethtool' };
const PROGRAMS = ['kamailio', 'rtpengine', 'asterisk', 'sipp', 'espeak-ng', 'sox'];

const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-wire-'));
const run = process.pid;

async function main(): Promise<number> {
  if (!canRun(PROGRAMS, NEEDS)) return 2;
  namespaces.sweep();
  const wire = path.join(folder, 'wire');
  spawnSync('cc', ['-O2', '-o', wire, path.join(__dirname, 'wire.c')], { stdio: 'inherit' });
  lay(run);
  const cell = [process.execPath, '--import', 'tsx', path.join(__dirname, 'cell.ts'), String(run), wire];
  const child = spawn('ip', namespaces.inside(run, 'cell', cell), { stdio: ['pipe', 'inherit', 'inherit'] });
  const late = setTimeout(() => child.stdin.end(), MOST_MS);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(late);
  return code ?? 1;
}

runAndClean(main, () => {
  namespaces.remove(run);
  rmSync(folder, { recursive: true, force: true });
});
