import type { Carrier, NumberFunction, Queue } from '../../media/contract/input';
import type { Requirements } from '../../compliance/requirements';
import type { CellPlan } from './cell-types';
import type { LogRetentionDays } from './log-retention';
import type { DataClass, DeploymentConfig, Framework, InferenceTier, LockMode } from '../config/schema';

/** Every decision for one region: plain, frozen, JSON-printable. Stacks, checks, audit and docs read it and decide nothing. */
export interface RegionPlan {
  readonly formatVersion: 1;
  readonly deployment: string;
  readonly purpose: 'sandbox' | 'production';
  /** 12 digits. */
  readonly account: string;
  /** `us-east-1`. */
  readonly region: string;
  /** `aws`, `aws-us-gov`, `aws-cn`. */
  readonly partition: string;
  /** Key of the jurisdiction catalogue, such as `US` or `EU`: no data, copy or inference outside it. */
  readonly jurisdiction: string;
  /** Where data may lie and inference may run: regions of the jurisdiction, or the fewer that a contract allows. */
  readonly dataRegions: readonly string[];
  /** Callers pay by card: what keeps the card out of records. */
  readonly cardData?: NonNullable<DeploymentConfig['cardData']>;
  readonly frameworks: readonly Framework[];
  /** What the frameworks and the contracts of the deployment together ask of each class of data. */
  readonly requirements: Requirements;
  readonly organizationId?: string;
  /** The home region carries the one trail that spans all regions. */
  readonly home: boolean;
  readonly names: Names;
  readonly network: NetworkPlan;
  readonly sip: SipPlan;
  readonly cells: readonly CellPlan[];
  readonly retention: Readonly<Record<DataClass, RetentionPlan>>;
  readonly copies: CopiesPlan;
  readonly trail: TrailPlan;
  readonly principals: DeploymentConfig['principals'];
  readonly attestations: NonNullable<DeploymentConfig['attestations']>;
  readonly consent: DeploymentConfig['consent'];
  readonly aiDisclosure: DeploymentConfig['aiDisclosure'];
  readonly accountServices: DeploymentConfig['accountServices'];
  readonly alarmEmail: string;
  /** In one region of the deployment: the first whose CloudFormation has AWS Budgets. */
  readonly monthlyBudgetUsd?: number;
  readonly sessionManager: 'off' | 'on';
  readonly budgets: BudgetPlan;
  /** Bounds scale-in protection, stop timeouts and the lifecycle hook. */
  readonly maxCallMinutes: number;
  /** What the kit's own images are built on. */
  readonly baseImages: readonly BaseImage[];
  /** DNS names that tools and telemetry may reach, outside the hot path. */
  readonly outsideHosts: readonly string[];
  /** What a deploying command must refuse, one line each; empty means deployable. */
  readonly refusals: readonly string[];
  readonly decisions: readonly Decision[];
}

/** The base of one of the kit's own images. */
export interface BaseImage {
  /** Folder of `media/` that is built on it. */
  readonly folder: string;
  /** As its Dockerfile names it. */
  readonly reference: string;
  /** `sha256:…` from the lock file; undefined means unlocked. */
  readonly digest?: string;
}

/** What was decided, and why, for people to read. */
export interface Decision {
  readonly what: string;
  readonly value: string;
  readonly why: string;
}

/** Physical names: one place, so that stacks meet by name and no stack refers across regions. */
export interface Names {
  /** `<deployment>-<region>`, the prefix of everything regional. */
  readonly prefix: string;
  readonly buckets: {
    readonly recordings: string;
    readonly transcripts: string;
    /** Locked copy of the ledger. */
    readonly cdr: string;
    /** Reports on the posture. */
    readonly posture: string;
    readonly logs: string;
    readonly weights: string;
    readonly recordingsCopy: string;
    readonly transcriptsCopy: string;
    readonly cdrCopy: string;
    readonly postureCopy: string;
    readonly logsCopy: string;
  };
  /** KMS aliases with the `alias/` prefix, one key per class of data. */
  readonly keyAliases: {
    readonly recording: string;
    readonly transcript: string;
    readonly cdr: string;
    readonly posture: string;
    readonly log: string;
    readonly topic: string;
    readonly volume: string;
    readonly weights: string;
    readonly recordingCopy: string;
    readonly transcriptCopy: string;
    readonly cdrCopy: string;
    readonly postureCopy: string;
    readonly copiesTopic: string;
  };
  readonly ledgerTable: string;
  /** Secret with the key that callers' numbers are hashed with, of one name in all regions: it can be replicated. */
  readonly numberKeySecret: string;
  /** Kinesis stream of the ledger's changes, and the Firehose stream that carries them to the locked copy. */
  readonly ledgerStream: string;
  readonly ledgerDelivery: string;
  /** Lambda function that compares ledger, vaults and copies. */
  readonly reconciler: string;
  readonly trail: string;
  readonly topic: string;
  /** In the copies' region, where the copies have alerts of their own. */
  readonly copiesTopic: string;
  readonly roles: {
    readonly writer: string;
    readonly playback: string;
    readonly recordsOfficer: string;
    readonly keyAdmin: string;
    readonly breakGlass: string;
    readonly replication: string;
  };
  /** `/voicecell/<deployment>/<region>`. */
  readonly logGroupPrefix: string;
  /** ECR repository per mirrored inference image, keyed by tier. */
  readonly repositories: Readonly<Record<InferenceTier, string>>;
  /** CloudFormation's execution role of the CDK bootstrap (default qualifier) in this region. */
  readonly cfnExecutionRoleArn: string;
}

export interface NetworkPlan {
  readonly vpcCidr: string;
  /** Service suffixes of `com.amazonaws.<region>.<suffix>`. */
  readonly interfaceEndpoints: readonly string[];
  /** AWS-managed prefix list ids; undefined when the lock file has none for this region. */
  readonly prefixLists: { readonly s3?: string; readonly dynamodb?: string };
  /** AWS-owned buckets that nodes must read to boot and pull images. */
  readonly awsOwnedBuckets: readonly string[];
  /** Absent where no queue is bridged: media nodes then have no route out of the VPC. */
  readonly queueNetwork?: QueueNetwork;
}

export interface SipPlan {
  readonly hostname: string;
  /** Parent zone of the hostname, made as a Cloud Map public namespace. */
  readonly zone: string;
  readonly recordTtlSeconds: number;
  readonly certificateSecretArn: string;
  /** Key that encrypts the certificate's secret, where it is the account's own. */
  readonly certificateKeyArn?: string;
  readonly carriers: readonly Carrier[];
  readonly fallbackNumber: string;
  readonly numbers: readonly NumberFunction[];
  /** Where humans take over; nobody else is ever called. */
  readonly queues: readonly Queue[];
}

/** The private network in which bridged queues answer. */
export interface QueueNetwork {
  readonly transitGatewayId: string;
  readonly signallingCidrs: readonly string[];
  readonly mediaCidrs: readonly string[];
}

/** Limits that alarms watch; past them somebody is told. */
export interface BudgetPlan {
  /** End-of-turn decision to first voiced reply packet, p95, milliseconds. */
  readonly turnRoundTripMs: number;
  /** Age of the oldest recording that is not in the vault, seconds. */
  readonly spoolAgeSeconds: number;
  /** Of a media node's spool, at which somebody is told; it takes no calls from 80 on. */
  readonly spoolUsedPercent: number;
  /** Age of the oldest change of the ledger that is not in its locked copy, seconds. */
  readonly ledgerCopySeconds: number;
  /** Days the SIP certificate must still have. */
  readonly certificateDays: number;
  /** Part of a cell's peak calls that must still be free, percent. */
  readonly spareCapacityPercent: number;
}

/** A move to a cheaper tier, days from creation. */
export interface Transition {
  readonly storageClass: 'GLACIER_IR';
  readonly afterDays: number;
}

export interface RetentionPlan {
  readonly dataClass: DataClass;
  readonly days: number;
  /** Days from creation in which no archive tier may hold the data. */
  readonly accessibleDays: number;
  readonly lockMode?: LockMode;
  /** `event`: held from the making until a records officer releases the hold, and for `days` after that. */
  readonly clock: 'creation' | 'event';
  /** Tiers of the vault, all read as fast as the first; empty for data that is not in the vault or not kept for long. */
  readonly transitions: readonly Transition[];
  /** What CloudWatch keeps events of this class for, days; absent means for ever. */
  readonly logGroupDays?: LogRetentionDays;
  /** Framework or config that set the number. */
  readonly because: string;
}

export interface CopiesPlan {
  readonly region: string;
  /** `region` when the copy lies in another region of the jurisdiction, `bucket` when it has one region only. */
  readonly kind: 'region' | 'bucket';
  /** Who tells of changes to the copies: the guard of a region of the deployment, or a topic and rules beside them. */
  readonly alerts: 'guard' | 'own';
  readonly cfnExecutionRoleArn: string;
}

export interface TrailPlan {
  readonly multiRegion: boolean;
  /** Buckets whose object reads and writes this trail records. */
  readonly dataEventBuckets: readonly string[];
}
