/**
 * When something that failed is tried again: later each time, with chance in it, so that a node does not ask for all at once
 * what was refused to it. It is never given up, because there is nobody else to give a recording to.
 */
export class Retries {
  private readonly now: () => number;
  private readonly random: () => number;
  private readonly failed = new Map<string, { readonly times: number; readonly notBefore: number }>();

  /**
   * @param now milliseconds, monotonic
   * @param random from 0 to below 1
   */
  constructor(now: () => number, random: () => number = Math.random) {
    this.now = now;
    this.random = random;
  }

  isDue(name: string): boolean {
    return (this.failed.get(name)?.notBefore ?? 0) <= this.now();
  }

  /** @returns how often it has failed in a row */
  fail(name: string): number {
    const times = (this.failed.get(name)?.times ?? 0) + 1;
    this.failed.set(name, { times, notBefore: this.now() + waitMs(times, this.random()) });
    return times;
  }

  done(name: string): void {
    this.failed.delete(name);
  }
}

const FIRST_MS = 1_000;
const LONGEST_MS = 120_000;

/** Half of it is chance ("equal jitter"). */
function waitMs(times: number, chance: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(times - 1, 16));
  return whole / 2 + (whole / 2) * chance;
}
