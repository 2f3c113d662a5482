import { allOf } from './all-of';
import { type Self, type Sight, holdFor, isLeaving, isTaken, isUndecided, partIn } from './decide';
import type { Holder } from './hold';

/** What a node still has; `gone` where nobody is there any more who could have something, undefined where that was not answered. */
export type Rest = number | 'gone' | undefined;

/** What the rest of the node is told and asked. */
export interface Tier {
  /** True when no call will be taken any more, or calls are taken again. */
  readonly tellLeaving: (leaving: boolean) => Promise<boolean>;
  /** Everything the node must not go without having finished. */
  readonly rest: () => Promise<Rest>;
}

export interface LifeOptions {
  /** Undefined until ECS has said who this is: until then the node takes calls and is not held. */
  readonly self: () => Promise<Self | undefined>;
  readonly sight: () => Promise<Sight & { readonly ec2InstanceId?: string }>;
  readonly holder: (self: Self) => Pick<Holder, 'keep'>;
  /**
   * Tells the other nodes of the service how full this one is and whether it leaves; `isWanted` where somebody decides by it.
   * @default there are no others
   */
  readonly tellOthers?: (self: Self, said: Said, isWanted: boolean) => Promise<void>;
}

export interface Said {
  readonly calls: number | undefined;
  readonly isLeaving: boolean;
  readonly isTaken?: boolean;
}

/** One node's own life: it looks where it is being taken, tells the node, and holds task and instance until all is finished. */
export class Life {
  private readonly options: LifeOptions;
  private readonly tier: Tier;
  private isLeaving = false;
  private isStopping = false;
  private holder: Pick<Holder, 'keep'> | undefined;
  /** Whether nothing is left of a node that was told to stop. */
  isOver = false;

  constructor(options: LifeOptions, tier: Tier) {
    this.options = options;
    this.tier = tier;
  }

  /** SIGTERM: the task is being stopped, and its other containers end by themselves when they have finished. */
  stop(): void {
    this.isStopping = true;
  }

  async look(): Promise<void> {
    const self = await this.options.self();
    if (!self) return this.lookUnnamed();
    this.holder ??= this.options.holder(self);
    const sight = await this.options.sight();
    this.isLeaving = isLeaving(sight, self, this.isLeaving);
    const isToldToLeave = await this.tell();
    const rest = await this.rest();
    const hold = holdFor(sight, { isToldToLeave, rest });
    this.isOver = this.isStopping && !hold.protect;
    await allOf(this.holder.keep(hold, sight.ec2InstanceId), this.tellOthers(self, sight, rest));
  }

  /** ECS has not said who this is: nothing can be held, and the call goes on all the same. */
  private lookUnnamed(): never {
    this.isOver = this.isStopping;
    throw new Error('it is not known which task this is');
  }

  private async tellOthers(self: Self, sight: Sight, calls: number | undefined): Promise<void> {
    const { service } = sight;
    const isOffered = service !== undefined && partIn(service, self) === 'offers';
    const taken = this.isStopping || isTaken(sight, self);
    const said = { calls, isLeaving: taken || this.isLeaving || isOffered, ...(taken ? { isTaken: true } : {}) };
    await this.options.tellOthers?.(self, said, service !== undefined && isUndecided(service));
  }

  /** Every time: what has started again knows nothing. What is left is counted after it has been told. */
  private async tell(): Promise<boolean> {
    const leaving = this.isLeaving || this.isStopping;
    const isTold = await this.tier.tellLeaving(leaving);
    return leaving && (isTold || this.isStopping);
  }

  private async rest(): Promise<number | undefined> {
    const rest = await this.tier.rest();
    // Who does not answer may be starting; of a task that is being stopped, it has ended.
    if (rest === 'gone') return this.isStopping ? 0 : undefined;
    return rest;
  }
}
