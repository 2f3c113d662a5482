import type { Ask } from '../../../aws/ask';
import type { ClientOptions } from '../../../aws/reader';
import type { Resource } from '../../templates/template-set';

/** A resource of a template, and the one that CloudFormation made of it. */
export interface Deployed {
  readonly resource: Resource;
  /** As `DescribeStackResources` gives it: a bucket's name, a key's id, a policy's ARN. */
  readonly physicalId: string;
}

/** An account as one region of it is asked. */
export interface LiveRegion {
  readonly region: string;
  /** 12 digits. */
  readonly account: string;
  readonly partition: string;
  /** Asks one question: an answer, or why there is none, with the action that was asked. Bounded in time and number. */
  readonly ask: Ask;
  /** For `new S3Client(clientConfig(region))`. */
  readonly client: ClientOptions;
  /** Physical ids of everything that the stacks made here. @default what a reader is given is all that is known of it */
  readonly made?: ReadonlySet<string>;
}

/** What an account says of one resource, in CloudFormation's words. */
export interface Reading {
  readonly deployed: Deployed;
  /** The account has no such resource any more. */
  readonly isGone?: true;
  /**
   * Top-level properties that were read, as a template would write them: names and shapes of CloudFormation, ids and ARNs as
   * the account gives them. `undefined` where the account has nothing of the kind. A property that is not named was not read,
   * and is taken for unknown.
   */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Properties that were asked for and not answered. */
  readonly unread?: readonly Unread[];
  /** What hangs on the resource and is in no template: a route by hand, a rule of its own. */
  readonly beside?: readonly Beside[];
}

export interface Unread {
  readonly properties: readonly string[];
  /** IAM action: `s3:GetBucketPolicy`. */
  readonly action: string;
  /** From the answer: `not allowed: s3:GetBucketPolicy`. */
  readonly why: string;
}

export interface Beside {
  /** `AWS::EC2::Route`. */
  readonly type: string;
  /** Tells it from others beside the same resource. */
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Reads resources of some types. It changes nothing: every action it takes is a read. */
export interface LiveReader {
  readonly types: readonly string[];
  /** Every IAM action it calls, sorted. */
  readonly actions: readonly string[];
  /**
   * All of its types in one region at once, so that it can list where listing is cheaper than asking one by one.
   * @returns one reading for each resource
   */
  read(deployed: readonly Deployed[], region: LiveRegion): Promise<readonly Reading[]>;
}
