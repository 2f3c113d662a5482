/**
 * How long something has not changed, by a clock that never goes back: neither the wall clock nor that of the file system
 * has to be right. What was never seen before has just changed.
 */
export class Quiet {
  private readonly now: () => number;
  private seen = new Map<string, { readonly signature: string; readonly since: number }>();

  /** @param now milliseconds, monotonic */
  constructor(now: () => number) {
    this.now = now;
  }

  /** One look at everything there is: name → signature. What is not in it is forgotten. */
  look(all: ReadonlyMap<string, string>): ReadonlyMap<string, number> {
    const now = this.now();
    this.seen = new Map(
      [...all].map(([name, signature]) => {
        const before = this.seen.get(name);
        return [name, before?.signature === signature ? before : { signature, since: now }];
      }),
    );
    return new Map([...this.seen].map(([name, { since }]) => [name, now - since]));
  }
}
