import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, shown, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { declaresNothing, judgeKey } from './shared/customer-key';

export const ENC_03: Control = {
  id: 'ENC-03',
  title: 'Log groups, tables, queues, topics, streams and secrets are encrypted with keys of the customer.',
  citations: [
    { authority: 'hipaa', text: '45 CFR 164.312(a)(2)(iv)' },
    { authority: 'soc2', text: 'TSC 2017 CC6.1' },
  ],
  severity: 'error',
  sources: ['A11'],
  checkedOn: '2026-11-22',
  builds: 'The ledger, every log group and the topic are encrypted with keys of the region.',
  onTemplate:
    'The property that names the key is there and names no key of AWS, and encryption by that key is switched on.',
  live: 'logs:DescribeLogGroups; dynamodb:DescribeTable; sqs:GetQueueAttributes; sns:GetTopicAttributes; kinesis:DescribeStream; secretsmanager:DescribeSecret',
  check: (evidence) =>
    Object.entries(STORES).flatMap(([type, store]) =>
      evidence
        .ofType(type)
        .filter((resource) => !declaresNothing(resource))
        .flatMap((resource) => judge(evidence, resource, store)),
    ),
};

interface Store {
  /** Where the key is named. */
  readonly key: string;
  /**
   * The list whose every item names a key.
   * @default the resource names one itself
   */
  readonly each?: string;
  /** What else must be said for the key to be used. */
  readonly needs?: Readonly<Record<string, unknown>>;
  /**
   * Names, where it is set, the store that keeps what passes through, which is judged by itself.
   * @default it keeps what it takes
   */
  readonly keptIn?: string;
}

const STORES: Readonly<Record<string, Store>> = {
  'AWS::Logs::LogGroup': { key: 'KmsKeyId' },
  'AWS::DynamoDB::Table': { key: 'SSESpecification.KMSMasterKeyId', needs: { 'SSESpecification.SSEEnabled': true } },
  'AWS::DynamoDB::GlobalTable': {
    key: 'SSESpecification.KMSMasterKeyId',
    each: 'Replicas',
    needs: { 'SSESpecification.SSEEnabled': true },
  },
  'AWS::SQS::Queue': { key: 'KmsMasterKeyId' },
  'AWS::SNS::Topic': { key: 'KmsMasterKeyId' },
  'AWS::Kinesis::Stream': { key: 'StreamEncryption.KeyId', needs: { 'StreamEncryption.EncryptionType': 'KMS' } },
  'AWS::KinesisVideo::Stream': { key: 'KmsKeyId' },
  'AWS::KinesisFirehose::DeliveryStream': {
    key: 'DeliveryStreamEncryptionConfigurationInput.KeyARN',
    needs: { 'DeliveryStreamEncryptionConfigurationInput.KeyType': 'CUSTOMER_MANAGED_CMK' },
    // What it takes from a stream stays in the stream until it is delivered.
    keptIn: 'KinesisStreamSourceConfiguration.KinesisStreamARN',
  },
  'AWS::SecretsManager::Secret': { key: 'KmsKeyId' },
};

function judge(evidence: Evidence, resource: Resource, store: Store): readonly Judgement[] {
  const { key, each, needs = {}, keptIn } = store;
  const source = keptIn && evidence.at(resource, keptIn);
  if (source !== undefined && isKnown(source))
    return [met(resource, 'it keeps nothing itself: what it carries stays in its source')];
  for (const [path, wanted] of Object.entries(needs)) {
    const got = evidence.at(resource, path);
    if (!isKnown(got)) return [unclear(resource, `its encryption cannot be read; write ${path} out`)];
    if (String(got) !== String(wanted))
      return [unmet(resource, `${path} is ${shown(got)}; set it to ${shown(wanted)} and ${key} to a key of your own`)];
  }
  if (each === undefined) return [judgeKey(resource, key, evidence.at(resource, key))];
  const items = evidence.at(resource, each);
  if (!Array.isArray(items)) return [unclear(resource, `its ${each} cannot be read; write them out`)];
  const paths = items.map((_, index) => `${each}.${index}.${key}`);
  return paths.map((path) => judgeKey(resource, path, evidence.at(resource, path)));
}
