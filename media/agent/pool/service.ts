import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { failed, leastBusy, merged, type Replica, sticky, succeeded, used } from './replicas';

export type Resolve = (host: string) => Promise<readonly string[]>;

/** A name lists at most eight addresses an answer, so one that is missing now may be there a moment later. */
const REMEMBERED_MS = 60_000;
const RESOLVE_EVERY_MS = 5_000;

const resolveAll: Resolve = async (host) =>
  (await lookup(host, { all: true, family: 4 })).map(({ address }) => address);

/** The replicas of one service of the cell, and which of them is asked next. Names of the cell resolve to the cell only. */
export class Service {
  private replicas: readonly Replica[] = [];
  private readonly seen = new Map<string, number>();
  private readonly url: URL;
  private timer: NodeJS.Timeout | undefined;
  private seed = 0;

  private readonly resolve: Resolve;
  private readonly now: () => number;

  public constructor(url: string, resolve: Resolve = resolveAll, now: () => number = Date.now) {
    this.resolve = resolve;
    this.now = now;
    this.url = new URL(url);
  }

  public async start(): Promise<void> {
    await this.refresh();
    this.timer = setInterval(() => void this.refresh(), RESOLVE_EVERY_MS).unref();
  }

  public stop(): void {
    clearInterval(this.timer);
  }

  /** Addresses that are known now. */
  public addresses(): readonly string[] {
    return this.replicas.map(({ address }) => address);
  }

  /** With a key the replica of that key, else the least busy one. */
  public pick(tried: ReadonlySet<string>, key?: string): string | undefined {
    this.seed += 1;
    const pool = this.replicas;
    const one =
      key === undefined ? leastBusy(pool, this.now(), this.seed, tried) : sticky(pool, this.now(), key, tried);
    return one?.address;
  }

  public baseUrl(address: string): string {
    const url = new URL(this.url);
    url.hostname = address;
    return url.href.replace(/\/$/, '');
  }

  public begin(address: string): void {
    this.change(address, (one) => used(one, 1));
  }

  public end(address: string): void {
    this.change(address, (one) => used(one, -1));
  }

  public good(address: string): void {
    this.change(address, succeeded);
  }

  public bad(address: string): void {
    this.change(address, (one) => failed(one, this.now()));
  }

  private change(address: string, to: (one: Replica) => Replica): void {
    this.replicas = this.replicas.map((one) => (one.address === address ? to(one) : one));
  }

  private async refresh(): Promise<void> {
    const now = this.now();
    for (const address of await this.lookUp()) this.seen.set(address, now);
    for (const [address, at] of this.seen) if (now - at > REMEMBERED_MS) this.seen.delete(address);
    this.replicas = merged(this.replicas, [...this.seen.keys()]);
  }

  private async lookUp(): Promise<readonly string[]> {
    const { hostname } = this.url;
    if (isIP(hostname)) return [hostname];
    return await this.resolve(hostname).catch(() => []);
  }
}
