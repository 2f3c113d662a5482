import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { isHere, PACKAGES } from '../lab/programs';

const NAMED = '/run/netns';

export const ip = (...args: readonly string[]): string => execFileSync('ip', args, { encoding: 'utf8' });

/** Network namespaces of a bench: those of a run are named after its process, so that the next run knows what a killed one left. */
export class Namespaces<Place extends string | number> {
  private readonly prefix: string;

  constructor(bench: string) {
    this.prefix = `voicecell-${bench}-`;
  }

  nameOf = (run: number, place: Place): string => `${this.prefix}${run}-${place}`;

  /** Arguments of `ip` that run the command in a namespace of the run. */
  inside = (run: number, place: Place, command: readonly string[]): string[] => [
    'netns',
    'exec',
    this.nameOf(run, place),
    ...command,
  ];

  /** Ends what runs in the namespaces of a run, and removes them. */
  remove(run: number): void {
    for (const name of existing().filter((one) => one.startsWith(`${this.prefix}${run}-`))) {
      for (const pid of pidsIn(name)) if (pid !== process.pid) killed(pid);
      spawnSync('ip', ['netns', 'del', name]);
    }
  }

  /** Namespaces of runs that were killed before they could clean up. */
  sweep(): void {
    const mine = existing().filter((name) => name.startsWith(this.prefix));
    const runs = new Set(mine.map((name) => Number.parseInt(name.slice(this.prefix.length), 10)));
    for (const run of runs) if (!existsSync(`/proc/${run}`)) this.remove(run);
  }
}

const existing = (): string[] => (existsSync(NAMED) ? readdirSync(NAMED) : []);

const pidsIn = (name: string): number[] =>
  (spawnSync('ip', ['netns', 'pids', name], { encoding: 'utf8' }).stdout ?? '').split('\n').filter(Boolean).map(Number);

function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Whether this machine has the programs and may make namespaces; what it lacks is told. `needs`: packages that a bench has beside a cell's. */
export function canRun(programs: readonly string[], needs: Readonly<Record<string, string>>): boolean {
  const missing = [...Object.keys(needs), ...programs].filter((program) => !isHere(program));
  for (const program of missing)
    process.stderr.write(`no ${program}: apt-get install ${needs[program] ?? PACKAGES[program]}\n`);
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) process.stderr.write('network namespaces need root\n');
  return isRoot && missing.length === 0;
}

/** Runs to the end, whatever ends it, and leaves nothing behind. */
export function runAndClean(main: () => Promise<number>, clean: () => void): void {
  const end = (code: number): never => {
    clean();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end(1));
  void main().then(end, (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    end(1);
  });
}
