/** Prints what is done, a line each with its time, and remembers when it began. */
export class Steps {
  private readonly began = performance.now();
  private readonly print: (line: string) => void;
  private lapped = 0;

  constructor(print: (line: string) => void) {
    this.print = print;
  }

  /** @param what in the words of who watches, at most 60 characters */
  async do<T>(what: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const result = await work();
    this.print(`${seconds(performance.now() - began)}  ${what}`);
    return result;
  }

  /** Adds the time of some steps to a sum of their own. */
  async lap<T>(work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const result = await work();
    this.lapped += performance.now() - began;
    return result;
  }

  /** Seconds of all laps. */
  get lapSeconds(): number {
    return this.lapped / 1000;
  }

  /** Seconds since the beginning. */
  get seconds(): number {
    return (performance.now() - this.began) / 1000;
  }
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`.padStart(8);
