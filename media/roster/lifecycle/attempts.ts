const FIRST_MS = 5_000;
const LONGEST_MS = 60_000;

/** How long to wait after so many failures in a row: not at every look of every node what AWS throttles already. */
export const retryAfterMs = (failures: number): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));

/** One thing that is asked of AWS at every look, and after a failure less often. */
export class Attempts {
  private readonly now: () => number;
  private failures = 0;
  private notBefore = -Infinity;

  constructor(now: () => number) {
    this.now = now;
  }

  async run(task: () => Promise<void>): Promise<void> {
    if (this.now() < this.notBefore) return;
    try {
      await task();
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      this.notBefore = this.now() + retryAfterMs(this.failures);
      throw error;
    }
  }
}
