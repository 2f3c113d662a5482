import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isHere, PACKAGES } from '../../lab/programs';
import { inside, lay, remove, sweep } from './namespaces';

/** Namespaces and wires around the cell of one run; they are gone when it ends, and the next run removes what a killed one left. */
const MOST_MS = 480_000;
const NEEDS: Readonly<Record<string, string>> = { cc: 'gcc libc6-dev', ip: 'iproute2', ethtool: 'ethtool' };
const PROGRAMS = [...Object.keys(NEEDS), 'kamailio', 'rtpengine', 'asterisk', 'sipp', 'espeak-ng', 'sox'];

const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-wire-'));
const run = process.pid;

async function main(): Promise<number> {
  const missing = PROGRAMS.filter((program) => !isHere(program));
  for (const program of missing)
    process.stderr.write(`no ${program}: apt-get install ${NEEDS[program] ?? PACKAGES[program]}\n`);
  if (process.getuid?.() !== 0) process.stderr.write('network namespaces need root\n');
  if (missing.length > 0 || process.getuid?.() !== 0) return 2;
  sweep();
  const wire = path.join(folder, 'wire');
  spawnSync('cc', ['-O2', '-o', wire, path.join(__dirname, 'wire.c')], { stdio: 'inherit' });
  lay(run);
  const cell = [process.execPath, '--import', 'tsx', path.join(__dirname, 'cell.ts'), String(run), wire];
  const child = spawn('ip', inside(run, 'cell', cell), { stdio: ['pipe', 'inherit', 'inherit'] });
  const late = setTimeout(() => child.stdin.end(), MOST_MS);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(late);
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
