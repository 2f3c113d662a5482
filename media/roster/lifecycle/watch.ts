import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 5_000;

/** Looks again and again; a task that is told to stop ends with what its node still has. */
export async function watch(node: {
  readonly look: () => Promise<void>;
  readonly stop: () => void;
  readonly isOver: boolean;
}): Promise<never> {
  process.on('SIGTERM', () => node.stop());
  for (;;) {
    await node.look();
    if (node.isOver) process.exit(0);
    await sleep(LOOK_MS);
  }
}
