import { isKnown } from '../../templates/evaluate';
import { isRecord, type Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { covers, isAllow, roleStatements, type Statement } from '../policy';
import { touches } from './denials';
import { isTrue } from './records';

/** Where what a store takes in is carried to. */
export interface Delivery {
  readonly buckets: readonly Resource[];
  /** Whether a way leads to something that is in none of the templates, or cannot be read. */
  readonly leadsOut: boolean;
}

/** Follows streams, pipes, functions and delivery streams from a store to the buckets at their ends. */
export function deliveryOf(evidence: Evidence, store: Resource): Delivery {
  const seen = new Set<Resource>([store]);
  let leadsOut = false;
  for (const from of seen)
    for (const to of onward(evidence, from))
      if (to) seen.add(to);
      else leadsOut = true;
  const buckets = [...seen].filter(({ type }) => type === BUCKET);
  return { buckets, leadsOut };
}

const BUCKET = 'AWS::S3::Bucket';
const FIREHOSE = 'AWS::KinesisFirehose::DeliveryStream';

interface Carrier {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  /** Its switch, and the value that stops it. */
  readonly stopped?: readonly [path: string, value: unknown];
  /** Set where it leaves something behind. */
  readonly filter: string;
}

/** Types that carry from what one property names to what others name. */
const CARRIERS: readonly Carrier[] = [
  {
    type: 'AWS::Pipes::Pipe',
    from: 'Source',
    to: 'Target',
    stopped: ['DesiredState', 'STOPPED'],
    filter: 'SourceParameters.FilterCriteria',
  },
  {
    type: 'AWS::Lambda::EventSourceMapping',
    from: 'EventSourceArn',
    to: 'FunctionName',
    stopped: ['Enabled', 'false'],
    filter: 'FilterCriteria',
  },
  { type: 'AWS::Logs::SubscriptionFilter', from: 'LogGroupName', to: 'DestinationArn', filter: 'FilterPattern' },
];

/** Types that hand on what is put into them. */
const HANDED_ON: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::Table': ['KinesisStreamSpecification.StreamArn'],
  'AWS::Lambda::Alias': ['FunctionName'],
  'AWS::Lambda::Version': ['FunctionName'],
  [FIREHOSE]: ['ExtendedS3DestinationConfiguration.BucketARN', 'S3DestinationConfiguration.BucketARN'],
};

/** Undefined stands for a way out of the templates. */
function onward(evidence: Evidence, from: Resource): readonly (Resource | undefined)[] {
  const named = (HANDED_ON[from.type] ?? []).map((path) => evidence.at(from, path));
  const carried = streamsItems(evidence, from) ? CARRIERS.flatMap((carrier) => carriedBy(evidence, from, carrier)) : [];
  return [
    ...[...named, ...carried].filter((value) => value !== undefined).map((value) => evidence.resourceOf(value)),
    ...streamsInto(evidence, from),
    ...writtenBy(evidence, from),
    ...exportsOf(evidence, from),
  ];
}

/** A stream of a table's keys, or of what its items were before, is no copy of them. */
function streamsItems(evidence: Evidence, store: Resource): boolean {
  if (!store.type.startsWith('AWS::DynamoDB::')) return true;
  const view = evidence.at(store, 'StreamSpecification.StreamViewType');
  return !isKnown(view) || view === 'NEW_IMAGE' || view === 'NEW_AND_OLD_IMAGES';
}

/** What runs and leaves nothing behind. */
const carriedBy = (evidence: Evidence, store: Resource, { type, from, to, stopped, filter }: Carrier): unknown[] =>
  evidence
    .ofType(type)
    .filter((carrier) => evidence.resourceOf(evidence.at(carrier, from)) === store)
    .filter((carrier) => !stopped || String(evidence.at(carrier, stopped[0])) !== stopped[1])
    .filter((carrier) => [undefined, ''].includes(evidence.at(carrier, filter) as string | undefined))
    .map((carrier) => evidence.at(carrier, to));

const streamsInto = (evidence: Evidence, stream: Resource): readonly Resource[] =>
  evidence
    .ofType(FIREHOSE)
    .filter(
      (firehose) =>
        evidence.resourceOf(evidence.at(firehose, 'KinesisStreamSourceConfiguration.KinesisStreamARN')) === stream,
    );

/** What a function does is not in a template; what its role may write to by name is. */
function writtenBy(evidence: Evidence, from: Resource): readonly Resource[] {
  const role =
    from.type === 'AWS::Lambda::Function' && evidence.resourceOf(evidence.at(from, 'Role'), 'AWS::IAM::Role');
  if (!role) return [];
  const allowed = roleStatements(evidence, role).filter(isAllow);
  const named = (action: string): readonly Statement[] =>
    allowed
      .filter((statement) => covers(statement, action))
      .map((statement) => ({
        ...statement,
        notResources: [],
        resources: statement.resources.filter((arn) => arn !== '*'),
      }));
  const puts = [...named('firehose:PutRecordBatch'), ...named('firehose:PutRecord')].flatMap(
    ({ resources }) => resources,
  );
  const writes = named('s3:PutObject');
  return [
    ...evidence.ofType(FIREHOSE).filter((firehose) => puts.some((arn) => evidence.denotes(arn, firehose))),
    ...evidence.ofType(BUCKET).filter((bucket) => writes.some((statement) => touches(evidence, statement, bucket))),
  ];
}

/** Exports on a schedule, which need point-in-time recovery. */
function exportsOf(evidence: Evidence, table: Resource): readonly (Resource | undefined)[] {
  if (!isTrue(evidence.at(table, 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled'))) return [];
  return evidence
    .ofType('AWS::Scheduler::Schedule')
    .filter((schedule) => String(evidence.at(schedule, 'Target.Arn')).endsWith(':dynamodb:exportTableToPointInTime'))
    .filter((schedule) => evidence.at(schedule, 'State') !== 'DISABLED')
    .map((schedule) => parsed(evidence.at(schedule, 'Target.Input')))
    .filter(({ TableArn: arn }) => evidence.resourceOf(arn) === table)
    .map(({ S3Bucket: bucket }) => evidence.resourceOf(bucket, BUCKET));
}

function parsed(input: unknown): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(String(input));
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
