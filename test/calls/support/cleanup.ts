const tasks: (() => unknown)[] = [];

/** Runs `task` after the tests of the file, the last registered first; Jest takes no hook once tests run. */
export const afterTests = (task: () => unknown): void => {
  tasks.push(task);
};

afterAll(async () => {
  for (const task of tasks.toReversed()) await task();
});
