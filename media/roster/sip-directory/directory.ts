import type { ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery';
import type { Standing } from '../proxy';
import { type Listing, enter, entriesOf, idOf, leave } from './cloud-map';
import { GONE_MS, REFRESH_MS, changesFor } from './decide';

const RETRY_MS = 10_000;

export interface DirectoryOptions {
  readonly client: ServiceDiscoveryClient;
  readonly address: string;
  /** The A record: its entries say who is there. */
  readonly host: Listing;
  /** An SRV record for each transport that carriers speak. */
  readonly transports: readonly Listing[];
  /** Milliseconds since the epoch: nodes compare each other's. */
  readonly now: () => number;
}

/** This node's place where carriers look for the edge. */
export class SipDirectory {
  /** Nodes that stand in the directory, as last seen. */
  ids: readonly string[] = [];
  private readonly options: DirectoryOptions;
  private readonly own: string;
  private standing: Standing | undefined;
  private isIn = false;
  private isDone = false;
  private lookedAt = -Infinity;
  private writesSince: number | undefined;

  constructor(options: DirectoryOptions) {
    this.options = options;
    this.own = idOf(options.address);
  }

  /** Called often; asks AWS when the node's standing changes, when something failed, and once a minute. */
  async keep(standing: Standing): Promise<void> {
    const age = this.options.now() - this.lookedAt;
    const isChanged = standing !== this.standing;
    if (!isChanged && age < (this.isDone ? REFRESH_MS : RETRY_MS)) return;
    [this.standing, this.lookedAt, this.isDone] = [standing, this.options.now(), false];
    await this.write(standing).catch((error: unknown) => {
      this.writesSince = undefined;
      throw error;
    });
    this.isDone = true;
  }

  private async write(standing: Standing): Promise<void> {
    const { client, host, now } = this.options;
    const listed = await entriesOf(client, host.serviceId);
    const { own } = this;
    const changes = changesFor({ own, standing, listed, isSteady: this.isSteady(), now: now() });
    if (changes.enter) await this.enter();
    else this.writesSince = undefined;
    if (changes.leave) await this.remove(own);
    this.isIn = changes.enter;
    for (const id of changes.forget) await this.remove(id);
    const others = listed.map(({ id }) => id).filter((id) => id !== own && !changes.forget.includes(id));
    this.ids = changes.enter ? [own, ...others] : others;
  }

  private async enter(): Promise<void> {
    const { client, address, host, transports, now } = this.options;
    // The address first: an SRV record must not point to nowhere.
    await enter(client, host, address, now());
    if (!this.isIn) for (const one of transports) await enter(client, one, address, now());
    this.writesSince ??= now();
  }

  /** SRV records first, for the same reason. */
  private async remove(id: string): Promise<void> {
    const { client, host, transports } = this.options;
    for (const { serviceId } of [...transports, host]) await leave(client, serviceId, id);
  }

  private isSteady(): boolean {
    return this.writesSince !== undefined && this.options.now() - this.writesSince > GONE_MS;
  }
}
