import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { end } from '../../lab/cleanup';
import { isHere, PACKAGES } from '../../lab/programs';
import { temporaryDirectory } from '../../lab/temporary';
import { type Figures, figuresOf } from './figures';
import { hold } from './hold';
import { CARRIER, NUMBER, RecordedCell } from './node';
import { nextCalls } from './search';

/** One cell, and more and more calls in it; prints the figures of each number that was tried, as JSON. */
const PROGRAMS = ['cc', 'kamailio', 'rtpengine', 'asterisk', 'sipp', 'espeak-ng', 'sox'];
const SECONDS = Number(process.env['SECONDS'] ?? 40);
const BOUNDS = { first: Number(process.env['CALLS'] ?? 100), step: 10, most: Number(process.env['MOST'] ?? 240) };
const TRIES = Number(process.env['TRIES'] ?? Infinity);
/** A machine busy with other things tries fewer numbers, not for longer. */
const LAST_BEGINS_MS = 350_000;

export interface Step extends Figures {
  readonly loadAverage: number;
}

async function search(talkers: string, directory: string): Promise<Step[]> {
  const cell = await RecordedCell.start(BOUNDS.most);
  const line = { from: CARRIER, to: cell.cell.edge.at('SIP_PORT'), number: NUMBER, directory, talkers };
  const steps: Step[] = [];
  for (let calls = nextCalls([], BOUNDS); calls !== undefined; calls = nextCalls(steps, BOUNDS)) {
    if (performance.now() > LAST_BEGINS_MS || steps.length === TRIES) break;
    const [loadAverage = ''] = readFileSync('/proc/loadavg', 'utf8').split(' ');
    const figures = figuresOf(await hold(cell, line, calls, SECONDS));
    steps.push({ ...figures, loadAverage: Number(loadAverage) });
    process.stderr.write(`${JSON.stringify(steps.at(-1))}\n`);
  }
  return steps;
}

async function main(): Promise<number> {
  const missing = PROGRAMS.filter((program) => !isHere(program));
  for (const program of missing)
    process.stderr.write(`no ${program}: apt-get install ${PACKAGES[program] ?? 'gcc libc6-dev'}\n`);
  if (missing.length > 0) return 2;
  const directory = temporaryDirectory();
  const talkers = path.join(directory, 'talkers');
  execFileSync('cc', ['-O2', '-o', talkers, path.join(__dirname, 'talkers.c'), '-lm'], { stdio: 'inherit' });
  process.stdout.write(`${JSON.stringify({ seconds: SECONDS, steps: await search(talkers, directory) })}\n`);
  return 0;
}

const stop = (code: number): void => void end().finally(() => process.exit(code));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop(1));
/** Whoever started this was killed, and cannot clean up. */
const parent = process.ppid;
setInterval(() => process.ppid !== parent && stop(1), 1_000).unref();
void main().then(stop, (error: Error) => {
  process.stderr.write(`${error.message}\n`);
  stop(1);
});
