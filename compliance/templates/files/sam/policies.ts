import { asList, isRecord } from '../../template-set';
import { notKnown } from './made';

type Block = Readonly<Record<string, unknown>>;

export interface Policies {
  readonly ManagedPolicyArns: readonly unknown[];
  readonly Policies: readonly Block[];
  /** Names of policy templates whose statements are not known here. */
  readonly strange: readonly string[];
}

/** `Policies` of a function: names and ARNs of managed policies, statements, documents, SAM's own templates. */
export function policiesIn(written: unknown, role: string): Policies {
  const all = written === undefined ? [] : Array.isArray(written) ? asList(written) : [written];
  const read = all.map((policy, index) => policyIn(policy, `${role}Policy${index}`));
  return {
    ManagedPolicyArns: read.flatMap(({ arn }) => (arn === undefined ? [] : [arn])),
    Policies: read.flatMap(({ policy }) => (policy ? [policy] : [])),
    strange: read.flatMap(({ strange }) => (strange === undefined ? [] : [strange])),
  };
}

interface Read {
  readonly arn?: unknown;
  readonly policy?: Block;
  readonly strange?: string;
}

function policyIn(written: unknown, name: string): Read {
  if (typeof written === 'string') return { arn: written.startsWith('arn:') ? written : managed(written) };
  if (!isRecord(written))
    return { policy: { PolicyName: name, PolicyDocument: notKnown('policy') }, strange: 'of no kind' };
  const [key = ''] = Object.keys(written);
  if (key === 'Ref' || key.startsWith('Fn::')) return { arn: written };
  if ('Statement' in written) return { policy: { PolicyName: name, PolicyDocument: { Version: VERSION, ...written } } };
  const statements = Object.hasOwn(TEMPLATES, key)
    ? TEMPLATES[key]?.(isRecord(written[key]) ? written[key] : {})
    : undefined;
  if (!statements) return { policy: { PolicyName: name, PolicyDocument: notKnown(key) }, strange: key };
  return { policy: { PolicyName: name, PolicyDocument: { Version: VERSION, Statement: statements } } };
}

const VERSION = '2012-10-17';

const managed = (name: string): Block => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` });

const arn = (service: string, resource: string, parameter: unknown): Block => ({
  'Fn::Sub': [
    `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}\${name}`,
    { name: parameter },
  ],
});

const bucket = ({ BucketName: name }: Block): readonly Block[] =>
  ['', '/*'].map((end) => ({ 'Fn::Sub': [`arn:\${AWS::Partition}:s3:::\${name}${end}`, { name }] }));

const allow = (actions: readonly string[], resource: unknown): readonly Block[] => [
  { Effect: 'Allow', Action: actions, Resource: resource },
];

const of = (service: string, verbs: readonly string[]): readonly string[] => verbs.map((verb) => `${service}:${verb}`);

const READ_TABLE = of('dynamodb', ['GetItem', 'Scan', 'Query', 'BatchGetItem', 'DescribeTable']);

const WRITE_TABLE = of('dynamodb', ['PutItem', 'UpdateItem', 'BatchWriteItem']);

const READ_BUCKET = of('s3', [
  'GetObject',
  'ListBucket',
  'GetBucketLocation',
  'GetObjectVersion',
  'GetLifecycleConfiguration',
]);

const table = ({ TableName: name }: Block): readonly Block[] => [
  arn('dynamodb', 'table/', name),
  arn('dynamodb', 'table/', { 'Fn::Sub': ['${name}/index/*', { name }] }),
];

/** SAM developer guide, "AWS SAM policy templates": those that pipelines of calls use most. */
const TEMPLATES: Readonly<Record<string, (parameters: Block) => readonly Block[]>> = {
  DynamoDBCrudPolicy: (given) =>
    allow([...READ_TABLE, ...WRITE_TABLE, 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'], table(given)),
  DynamoDBReadPolicy: (given) => allow(READ_TABLE, table(given)),
  DynamoDBWritePolicy: (given) => allow(WRITE_TABLE, table(given)),
  S3ReadPolicy: (given) => allow(READ_BUCKET, bucket(given)),
  S3WritePolicy: (given) => allow(of('s3', ['PutObject', 'PutObjectAcl', 'PutLifecycleConfiguration']), bucket(given)),
  S3CrudPolicy: (given) =>
    allow(
      [...READ_BUCKET, ...of('s3', ['PutObject', 'PutObjectAcl', 'PutLifecycleConfiguration', 'DeleteObject'])],
      bucket(given),
    ),
  SQSPollerPolicy: ({ QueueName: name }) =>
    allow(
      of('sqs', [
        'ChangeMessageVisibility',
        'ChangeMessageVisibilityBatch',
        'DeleteMessage',
        'DeleteMessageBatch',
        'GetQueueAttributes',
        'ReceiveMessage',
      ]),
      arn('sqs', '', name),
    ),
  SQSSendMessagePolicy: ({ QueueName: name }) => allow(['sqs:SendMessage'], arn('sqs', '', name)),
  SNSPublishMessagePolicy: ({ TopicName: name }) => allow(['sns:Publish'], arn('sns', '', name)),
  LambdaInvokePolicy: ({ FunctionName: name }) =>
    allow(['lambda:InvokeFunction'], arn('lambda', 'function:', { 'Fn::Sub': ['${name}*', { name }] })),
  KMSDecryptPolicy: ({ KeyId: name }) => allow(['kms:Decrypt'], arn('kms', 'key/', name)),
  KMSEncryptPolicy: ({ KeyId: name }) => allow(['kms:Encrypt'], arn('kms', 'key/', name)),
  AWSSecretsManagerGetSecretValuePolicy: ({ SecretArn: secret }) => allow(['secretsmanager:GetSecretValue'], secret),
  StepFunctionsExecutionPolicy: ({ StateMachineName: name }) =>
    allow(['states:StartExecution'], arn('states', 'stateMachine:', name)),
};
