import type { Holder } from './lifecycle/hold';
import { type Self, type Sight, holdFor, isLeaving } from './lifecycle/decide';
import type { Standing } from './proxy';
import type { SipDirectory } from './sip-directory/directory';
import { type Limits, sharesOf } from './sip-directory/shares';

export interface EdgeNodeOptions {
  /** Undefined until ECS has said who this is: until then the node takes calls and is not held. */
  readonly self: () => Promise<Self | undefined>;
  readonly sight: () => Promise<Sight & { readonly ec2InstanceId?: string }>;
  readonly holder: (self: Self) => Pick<Holder, 'keep'>;
  readonly directory: Pick<SipDirectory, 'keep' | 'ids'>;
  readonly proxy: {
    readonly tellLeaving: (leaving: boolean) => Promise<boolean>;
    readonly tellShare: (share: Limits) => Promise<boolean>;
    readonly standing: () => Promise<Standing>;
    readonly calls: () => Promise<number | undefined>;
  };
  readonly carriers: readonly Limits[];
  /** This node's id in the directory. */
  readonly id: string;
  readonly warn: (message: string) => void;
}

/** One edge node's own life: it looks where it is being taken, and tells the proxy, the carriers and AWS. */
export class EdgeNode {
  private readonly options: EdgeNodeOptions;
  private isLeaving = false;
  private holder: Pick<Holder, 'keep'> | undefined;

  constructor(options: EdgeNodeOptions) {
    this.options = options;
  }

  /** Nothing that fails in it keeps the rest from being done. */
  async look(): Promise<void> {
    await this.attempt('lifecycle', () => this.lookAtLife());
    await this.attempt('directory', async () => this.options.directory.keep(await this.options.proxy.standing()));
    await this.attempt('shares', () => this.tellShares());
  }

  private async lookAtLife(): Promise<void> {
    const { self: identity, sight: look, holder, proxy } = this.options;
    const self = await identity();
    if (!self) return;
    this.holder ??= holder(self);
    const sight = await look();
    this.isLeaving = isLeaving(sight, self, this.isLeaving);
    // Every time: a proxy that started again knows nothing. Calls are counted after it has been told.
    const isToldToLeave = (await proxy.tellLeaving(this.isLeaving)) && this.isLeaving;
    await this.holder.keep(holdFor(sight, { isToldToLeave, calls: await proxy.calls() }), sight.ec2InstanceId);
  }

  private async tellShares(): Promise<void> {
    const { carriers, directory, id, proxy } = this.options;
    for (const share of sharesOf(carriers, directory.ids, id) ?? []) await proxy.tellShare(share);
  }

  private async attempt(what: string, task: () => Promise<void>): Promise<void> {
    await task().catch((error: Error) => this.options.warn(`${what}: ${error.message}`));
  }
}
