import { known, type Answer, type Unknown } from './answer';
import { Late, unknownOf } from './errors';

/** How long and how much is asked at once. */
export interface Limits {
  /** Of one question with all its pages and retries, milliseconds. */
  readonly questionMs: number;
  /** Of the whole run, milliseconds. */
  readonly runMs: number;
  readonly atOnce: number;
}

export const LIMITS: Limits = { questionMs: 20_000, runMs: 90_000, atOnce: 24 };

/** Asks one question in one region. */
export type Ask = <T>(action: string, read: (signal: AbortSignal) => Promise<T>) => Promise<Answer<T>>;

/** Bounds every question in time and in number, and turns what goes wrong outside into an unknown answer. */
export class Asking {
  private readonly limits: Limits;
  private readonly until: number;
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(limits: Limits = LIMITS) {
    this.limits = limits;
    this.until = Date.now() + limits.runMs;
  }

  in(region: string): Ask {
    return async (action, read) => {
      await this.turn();
      try {
        const left = this.until - Date.now();
        return known(await within(Math.min(this.limits.questionMs, Math.max(0, left)), read));
      } catch (error) {
        return unknownOf(error, action, region);
      } finally {
        this.pass();
      }
    };
  }

  private async turn(): Promise<void> {
    if (this.running < this.limits.atOnce) {
      this.running += 1;
      return;
    }
    await new Promise<void>((resolve) => {
      this.waiting.push(resolve);
    });
  }

  /** The place goes to whoever has waited longest. */
  private pass(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }
}

/** Asks nothing: every answer is the same unknown one. */
export const notAsking =
  ({ why, remedy }: Omit<Unknown, 'known' | 'action'>): Ask =>
  (action) =>
    Promise.resolve({ known: false, action, why, remedy });

/** A read that hangs is given up, whether it listens to its signal or not. */
async function within<T>(ms: number, read: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Late());
      stop.abort();
    }, ms);
  });
  try {
    return await Promise.race([read(stop.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
