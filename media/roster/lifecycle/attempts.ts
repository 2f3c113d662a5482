const FIRST_MS = 5_000;
const LONGEST_MS = 60_000;

/** How long to wait after so many failures in a row: not at every look of every node what AWS throttles already. */
export const retryAfterMs = (failures: number): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));

/** One thing that is asked of AWS at every look, and after a failure less often; each failure is told. */
export class Attempts {
  private readonly now: () => number;
  private readonly tellFailure: () => void;
  private failures = 0;
  private notBefore = -Infinity;

  /** @param now milliseconds of a clock that never goes back */
  constructor(now: () => number, tellFailure: () => void) {
    this.now = now;
    this.tellFailure = tellFailure;
  }

  /** What the task gives; undefined while it is too early to ask again. */
  async run<T>(task: () => Promise<T>): Promise<T | undefined> {
    if (this.now() < this.notBefore) return undefined;
    try {
      const result = await task();
      this.failures = 0;
      return result;
    } catch (error) {
      this.failures += 1;
      this.notBefore = this.now() + retryAfterMs(this.failures);
      this.tellFailure();
      throw error;
    }
  }
}
