import { JURISDICTIONS } from '../../regions/catalog';
import type { RegionPlan } from '../../regions/plan/types';
import type { Answer } from '../../aws/answer';
import type { AccountFacts, Caller, RegionFacts } from '../facts/facts';
import type { FactSource } from '../facts/source';
import { Asking, LIMITS, notAsking, type Ask, type Limits } from '../../aws/ask';
import { Ec2Reader } from './ec2';
import { IamReader } from './iam';
import type { ClientOptions, ReaderProps } from '../../aws/reader';
import { regionFacts } from './region-facts';
import { StsReader } from './sts';

export interface AwsSourceProps {
  /** Regions of one partition; the account is asked in the first of them. */
  readonly plans: readonly [RegionPlan, ...RegionPlan[]];
  /**
   * Objects whose presence says that a model is whole.
   * @returns keys in the weights bucket
   */
  readonly manifestKeys: (plan: RegionPlan) => readonly string[];
  /** @default the account and endpoints of the environment, as the SDK finds them */
  readonly client?: ClientOptions;
  /** @default 20 s a question, 90 s in all, 24 at once */
  readonly limits?: Limits;
}

/** Asks AWS with the caller's credentials. It reads, and nothing it calls changes anything. */
export class AwsSource implements FactSource {
  private readonly props: AwsSourceProps;
  private readonly asking: Asking;

  constructor(props: AwsSourceProps) {
    this.props = props;
    this.asking = new Asking(props.limits ?? LIMITS);
  }

  caller(): Promise<Answer<Caller>> {
    return new StsReader(this.reader(this.globalRegion())).caller();
  }

  async account(caller: Caller): Promise<AccountFacts> {
    const ask = this.ofPlannedAccount(caller);
    const [regions, serviceRoles] = await Promise.all([
      this.regions(ask),
      new IamReader(this.reader(this.globalRegion(), ask)).serviceRoles(),
    ]);
    return { caller, regions, serviceRoles };
  }

  region(plan: RegionPlan, account: AccountFacts): Promise<RegionFacts> {
    const { manifestKeys } = this.props;
    const readerIn = (region: string): ReaderProps => this.reader(region, this.askIn(region, account));
    return regionFacts(plan, readerIn, manifestKeys(plan));
  }

  /** Where the partition's other regions may be forbidden, one's own is not; where one's own is off, another is not. */
  private async regions(ask: Ask | undefined): Promise<AccountFacts['regions']> {
    const here = await new Ec2Reader(this.reader(this.props.plans[0].region, ask)).regions();
    return here.known ? here : new Ec2Reader(this.reader(this.globalRegion(), ask)).regions();
  }

  private askIn(region: string, { caller, regions }: AccountFacts): Ask | undefined {
    const off = regions.known && !regions.value.get(region);
    return off
      ? notAsking({ why: `${region} is not enabled`, remedy: 'enable it, and ask again' })
      : this.ofPlannedAccount(caller);
  }

  /** What the credentials of another account see says nothing. */
  private ofPlannedAccount({ account }: Caller): Ask | undefined {
    const planned = this.props.plans[0].account;
    return account === planned
      ? undefined
      : notAsking({ why: `not asked with credentials of account ${account}`, remedy: `sign in to ${planned}` });
  }

  private reader(region: string, ask: Ask = this.asking.in(region)): ReaderProps {
    return { region, ask, client: this.props.client ?? {} };
  }

  /** Region in which a partition's global services answer. */
  private globalRegion(): string {
    const [{ partition, region }] = this.props.plans;
    return Object.values(JURISDICTIONS).find((one) => one.partition === partition)?.regions[0] ?? region;
  }
}
