import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { HELD_LINE } from './stamps';

/** What a process holds when it has collected what it can. */
export interface Held {
  readonly heapBytes: number;
  readonly rssBytes: number;
  readonly handles: number;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Loaded into the shipped program before it starts: says on a signal what it holds. */
process.on('SIGUSR2', () => {
  collect();
  const { heapUsed: heapBytes, rss: rssBytes } = process.memoryUsage();
  const held: Held = { heapBytes, rssBytes, handles: process.getActiveResourcesInfo().length };
  process.stdout.write(`${HELD_LINE}${JSON.stringify(held)}\n`);
});
