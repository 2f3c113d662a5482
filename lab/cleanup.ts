const tasks: (() => unknown)[] = [];
let ending: Promise<void> | undefined;

/** Runs `task` at the end, the last registered first. */
export const atEnd = (task: () => unknown): void => {
  tasks.push(task);
};

/** The end: what was started is stopped, what was written is removed. Whoever asks during it waits for it. */
export const end = (): Promise<void> => (ending ??= runAll().finally(() => (ending = undefined)));

async function runAll(): Promise<void> {
  for (let task = tasks.pop(); task; task = tasks.pop()) await task();
}
