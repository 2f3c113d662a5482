import { alter, beside, both, drop, push, put } from './edits';
import type { Draft, Json } from './draft';
import { ways, type Kind } from './mutant';
import { allowed, onStatements } from './statements';
import { BUCKET, BUCKET_POLICY, every, hasRole, KEY, MANAGED_POLICY, ROLE, TASK, TEMPLATE } from './subjects';

/** Objects of the vault that the policies of `records` name. */
const objects = (): Json => ({
  Resource: [
    { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['RecordingsBucketB0C8199F', 'Arn'] }, '/*']] },
    { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['TranscriptsBucket790D2BE6', 'Arn'] }, '/*']] },
  ],
});
const may = (...actions: readonly string[]) => allowed(() => ({ Action: actions, ...objects() }));
const mayAnything = (action: string) => allowed(() => ({ Action: action, Resource: '*' }));

const TOPIC_POLICY = 'AWS::SNS::TopicPolicy';

const PUBLIC = 'PublicAccessBlockConfiguration';
const FLAGS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'] as const;
const OWNERSHIP = 'OwnershipControls.Rules.0.ObjectOwnership';

const TRUSTED = /^Access(?:Playback|RecordsOfficer)\w{8}$/;
const readers = ({ id }: Draft): boolean => TRUSTED.test(id);
const trusting = (change: (statement: Json) => void) =>
  onStatements((statements) => {
    for (const statement of statements) change(statement);
    return statements;
  });

const OPTIONS = 'LaunchTemplateData.MetadataOptions';
const METADATA = {
  'it answers IMDSv1': put(`${OPTIONS}.HttpTokens`, 'optional'),
  'it says nothing of tokens': drop(`${OPTIONS}.HttpTokens`),
  'it answers two hops away': put(`${OPTIONS}.HttpPutResponseHopLimit`, 2),
  'it says nothing of hops': drop(`${OPTIONS}.HttpPutResponseHopLimit`),
  'it says nothing of metadata': drop(OPTIONS),
};

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const told = (Name: string, Value: unknown) => push('ContainerDefinitions.0.Environment', () => ({ Name, Value }));
const script = (line: string) =>
  alter('LaunchTemplateData.UserData.Fn::Base64', (text) =>
    typeof text === 'string' ? `${text}\n${line}\n` : { 'Fn::Join': ['', [text, `\n${line}\n`]] },
  );

const named = ({ properties }: Draft): boolean => properties['RoleName'] !== undefined;
/** One region of a deployment has the filter on its trail, which hears of the roles of all. */
const hearsAll = (draft: Draft): boolean => draft.ofType('AWS::Logs::MetricFilter').length > 0;
const untold = (draft: Draft): void => {
  for (const type of ['AWS::Events::Rule', 'AWS::Logs::MetricFilter'])
    for (const id of draft.ofType(type).filter((one) => /BreakGlass/.test(one))) draft.remove(id);
};

export const ACCESS: readonly Kind[] = [
  ...ways(
    'ACC-01',
    MANAGED_POLICY,
    {
      'whoever writes records reads them': may('s3:GetObject'),
      'whoever writes records deletes them': may('s3:DeleteObject'),
      'whoever writes records may do all of S3': mayAnything('s3:*'),
    },
    hasRole('AccessWriterPolicy'),
  ),
  ...ways(
    'ACC-01',
    MANAGED_POLICY,
    {
      'whoever plays records writes them': may('s3:PutObject'),
      'whoever plays records administers keys': mayAnything('kms:PutKeyPolicy'),
    },
    hasRole('AccessPlaybackPolicy'),
  ),
  ...ways('ACC-01', MANAGED_POLICY, { 'the officer writes records': may('s3:PutObject') }, hasRole('OfficerPolicy')),
  ...ways(
    'ACC-01',
    ROLE,
    {
      'it has AmazonS3FullAccess': put('ManagedPolicyArns', ['arn:aws:iam::aws:policy/AmazonS3FullAccess']),
    },
    hasRole('AccessWriter'),
  ),
  ...FLAGS.flatMap((flag) =>
    ways('ACC-02', BUCKET, {
      [`${flag} is off`]: put(`${PUBLIC}.${flag}`, false),
      [`${flag} is not said`]: drop(`${PUBLIC}.${flag}`),
    }),
  ),
  ...ways('ACC-02', BUCKET, {
    'it does not block the public': drop(PUBLIC),
    'objects are of whoever writes them': put(OWNERSHIP, 'ObjectWriter'),
    'it says nothing of ownership': drop('OwnershipControls'),
  }),
  ...ways(
    'ACC-03',
    ROLE,
    {
      'everybody of the account may take it': trusting((statement) => delete statement['Condition']),
      'it trusts another account': trusting((statement) => {
        delete statement['Condition'];
        statement['Principal'] = { AWS: 'arn:aws:iam::999999999999:root' };
      }),
      'it trusts a user without a second factor': trusting((statement) => {
        statement['Condition'] = { ArnLike: { 'aws:PrincipalArn': ['arn:aws:iam::111122223333:user/alice'] } };
      }),
      'it asks for a second factor where there is a key for it': trusting((statement) => {
        statement['Condition'] = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } };
      }),
    },
    readers,
  ),
  ...ways('ACC-04', TEMPLATE, METADATA),
  ...ways(
    'ACC-05',
    ROLE,
    {
      'its sessions last a second more than an hour': put('MaxSessionDuration', 3601),
      'its sessions last half a day': put('MaxSessionDuration', 43_200),
    },
    named,
  ),
  ...ways('ACC-06', '/records', {
    'somebody is a user': beside('AWS::IAM::User', () => ({ UserName: 'ops' })),
    'somebody has a key': beside('AWS::IAM::AccessKey', () => ({ UserName: 'ops' })),
  }),
  ...ways('ACC-07', TASK, {
    'its environment has a password': told('SIP_PASSWORD', 'Tr0ub4dor&3'),
    'its environment has a key of AWS': told('AWS_SECRET_ACCESS_KEY', SECRET),
    'a secret is filled into its environment': told('CRM_TOKEN', '{{resolve:secretsmanager:crm:SecretString:token}}'),
  }),
  ...ways('ACC-07', TEMPLATE, { 'its user data has a key of AWS': script(`export AWS_SECRET_ACCESS_KEY=${SECRET}`) }),
  ...ways('ACC-07', '/guard', {
    'a parameter has a password': beside('AWS::SSM::Parameter', () => ({
      Name: '/carrier/password',
      Type: 'String',
      Value: 'Tr0ub4dor&3',
    })),
  }),
  ...ways('ACC-08', '/guard', { 'nobody is told of break-glass': untold }, hearsAll),
  ...ways(
    'ACC-08',
    'AWS::Events::Rule',
    {
      'it sees no reads, and nothing else tells': both(put('State', 'ENABLED'), (draft) => {
        for (const id of draft.ofType('AWS::Logs::MetricFilter').filter((one) => /BreakGlass/.test(one)))
          draft.remove(id);
      }),
    },
    every(hasRole('BreakGlass'), hearsAll),
  ),
  ...ways('ACC-09', TASK, {
    'its container is privileged': put('ContainerDefinitions.0.Privileged', true),
    'its container is the node’s administrator': put('ContainerDefinitions.0.LinuxParameters.Capabilities.Add', [
      'SYS_ADMIN',
    ]),
    'it sees the processes of its node': put('PidMode', 'host'),
    'it mounts the socket of the engine': push('Volumes', () => ({
      Name: 'engine',
      Host: { SourcePath: '/var/run/docker.sock' },
    })),
  }),
  ...ways('ACC-09', 'AWS::ECS::Service', { 'one may enter its tasks': put('EnableExecuteCommand', true) }),
  ...[KEY, BUCKET_POLICY, TOPIC_POLICY].flatMap((type) =>
    ways('ACC-10', type, {
      'everybody is let in': allowed(() => ({ Principal: '*', Action: '*', Resource: '*' })),
      'another account is let in': allowed(() => ({
        Principal: { AWS: 'arn:aws:iam::999999999999:root' },
        Action: '*',
        Resource: '*',
      })),
    }),
  ),
];
