import type { InferencePlan } from '../../regions/plan/cell-types';
import type { Answer } from '../../aws/answer';
import type { CertificateFacts } from './certificate';

export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** What holds in all regions of the account. */
export interface AccountFacts {
  readonly caller: Caller;
  /** Regions of the partition by name, and whether the account may use each. */
  readonly regions: Answer<ReadonlyMap<string, boolean>>;
  readonly serviceRoles: readonly { readonly service: string; readonly present: Answer<boolean> }[];
}

export interface StackState {
  /** As CloudFormation says it: `ROLLBACK_COMPLETE`. */
  readonly status: string;
  readonly terminationProtected: boolean;
}

/** `elsewhere` is the account's own, in another region than planned. */
export type BucketState = 'absent' | 'ours' | 'elsewhere' | 'taken';

export interface BucketFacts {
  readonly name: string;
  readonly region: string;
  readonly state: Answer<BucketState>;
}

/** A resource by its physical name, and the stack it belongs to; no stack is undefined. */
export interface OwnerFacts {
  readonly what: 'bucket' | 'table' | 'repository';
  readonly name: string;
  readonly stack: Answer<string | undefined>;
}

export interface Zone {
  readonly azId: string;
  /** Name in this account, `us-east-1a`. */
  readonly name: string;
}

export interface EndpointService {
  /** Suffix of `com.amazonaws.<region>.<suffix>`. */
  readonly service: string;
  /** Empty where EC2 gives names only. */
  readonly azIds: readonly string[];
  readonly azNames: readonly string[];
}

export interface MachineImage {
  readonly id: string;
  readonly state: string;
  /** ISO time. */
  readonly deprecatedAt?: string;
}

/** Instances that run, or unused reserved capacity: both count against a quota. */
export interface Capacity {
  readonly instanceType: string;
  readonly count: number;
  /** Of each; undefined where EC2 does not say. */
  readonly vcpus?: number;
  readonly ours: boolean;
}

export interface Counted {
  readonly ours: number;
  readonly others: number;
}

export type QuotaKey = 'standard' | 'graphics' | 'parallel' | 'elasticIps' | 'vpcs';

/**
 * `own key` is present and encrypted with another key than AWS's; `part of an ARN` is present, under an ARN that policies
 * do not match; `deleted` is scheduled for deletion: nobody can read it any more.
 */
export type SecretState = 'present' | 'own key' | 'part of an ARN' | 'absent' | 'deleted';

export interface SecretFacts {
  readonly arn: string;
  readonly state: Answer<SecretState>;
  /** The key that encrypts it, when it is not AWS's, as Secrets Manager names it: by ARN, id or alias. */
  readonly key?: string;
}

export interface SipZones {
  /** Name servers of zones of that name which AWS Cloud Map manages. */
  readonly managed: readonly string[];
  /** Ids of public zones of that name which somebody made otherwise. */
  readonly foreign: readonly string[];
  /** Name servers the public DNS names; asked only where a managed zone stands. */
  readonly delegated: Answer<readonly string[]>;
}

export interface ContainerImageFacts {
  readonly repository: string;
  readonly image: InferencePlan['image'];
  readonly state: Answer<'no repository' | 'absent' | 'present'>;
}

/** What one region of the plan, and the region of its copies, answered. */
export interface RegionFacts {
  readonly bootstraps: readonly { readonly region: string; readonly version: Answer<number | undefined> }[];
  readonly stacks: readonly {
    readonly name: string;
    readonly region: string;
    readonly state: Answer<StackState | undefined>;
  }[];
  readonly buckets: readonly BucketFacts[];
  readonly owners: readonly OwnerFacts[];
  readonly zones: Answer<readonly Zone[]>;
  /** Planned instance types offered in each AZ id. */
  readonly offerings: Answer<ReadonlyMap<string, ReadonlySet<string>>>;
  readonly endpointServices: Answer<readonly EndpointService[]>;
  readonly machineImages: Answer<readonly MachineImage[]>;
  readonly capacity: Answer<readonly Capacity[]>;
  readonly elasticIps: Answer<Counted>;
  readonly vpcs: Answer<Counted>;
  readonly quotas: Readonly<Record<QuotaKey, Answer<number>>>;
  readonly secrets: readonly SecretFacts[];
  /** Undefined when there is no secret to read. */
  readonly certificate: Answer<CertificateFacts> | undefined;
  readonly sipZones: Answer<SipZones>;
  readonly containerImages: readonly ContainerImageFacts[];
  /** Objects that say a model is whole and are not in the weights bucket; undefined while there is no bucket. */
  readonly missingWeights: Answer<readonly string[] | undefined>;
}

/** Everything a check may know beside the plan. */
export interface Facts {
  readonly askedAt: Date;
  /** The deployment as its user names it, for commands: a name that ships, or the path of a file. */
  readonly named: string;
  readonly account: AccountFacts;
  readonly region: RegionFacts;
}
