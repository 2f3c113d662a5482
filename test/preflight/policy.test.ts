import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { policyFor } from '../../preflight/policy';
import { regionPlan } from '../support/region-plan';

const FOLDER = path.join(__dirname, '..', '..', 'preflight', 'aws');

/** IAM prefixes by SDK client. */
const PREFIXES: Readonly<Record<string, string>> = {
  'client-cloudformation': 'cloudformation',
  'client-ec2': 'ec2',
  'client-ecr': 'ecr',
  'client-iam': 'iam',
  'client-route-53': 'route53',
  'client-s3': 's3',
  'client-secrets-manager': 'secretsmanager',
  'client-service-quotas': 'servicequotas',
  'client-ssm': 'ssm',
  'client-sts': 'sts',
};

/** S3 names its actions otherwise than its operations (S3 user guide, required permissions). */
const S3_ACTIONS: Readonly<Record<string, string>> = {
  's3:HeadBucket': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:ListBuckets': 's3:ListAllMyBuckets',
};

function actionsOf(file: string): string[] {
  const text = readFileSync(path.join(FOLDER, file), 'utf8');
  return [...text.matchAll(/import \{([^}]+)\} from '@aws-sdk\/([a-z0-9-]+)'/g)].flatMap(
    ([, names = '', client = '']) =>
      [...names.matchAll(/\b(?:(\w+)Command|paginate(\w+))\b/g)].map(([, command, paginated]) => {
        const operation = `${PREFIXES[client] ?? client}:${command ?? paginated}`;
        return S3_ACTIONS[operation] ?? operation;
      }),
  );
}

const policy = policyFor([regionPlan()]);
const allowed = policy.Statement.flatMap(({ Action }) => Action);

test('the policy allows every SDK call that is made, and nothing else', () => {
  const called = new Set(readdirSync(FOLDER).flatMap(actionsOf));
  expect(called.size).toBeGreaterThan(20);
  expect([...called].toSorted()).toEqual(allowed.toSorted());
});

test('every action reads', () => {
  expect(allowed.filter((action) => !/^[a-z0-9]+:(Describe|Get|List)[A-Za-z]+$/.test(action))).toEqual([]);
});

test("a key of the account's own is allowed for the certificate's secret only", () => {
  const plan = regionPlan();
  const certificateKeyArn = 'arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012';
  const { Statement } = policyFor([plan, { ...plan, sip: { ...plan.sip, certificateKeyArn } }]);
  expect(Statement.filter(({ Action }) => Action.includes('kms:Decrypt'))).toEqual([
    {
      Sid: 'DecryptCertificate',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: [certificateKeyArn],
      Condition: { StringEquals: { 'kms:EncryptionContext:SecretARN': [plan.sip.certificateSecretArn] } },
    },
  ]);
});

test('what has a name is allowed by that name only; the one secret that is read is the certificate', () => {
  const named = policy.Statement.filter(({ Resource }) => Resource !== '*');
  expect(named).toHaveLength(policy.Statement.length - 1);
  expect(named.find(({ Action }) => Action.includes('secretsmanager:GetSecretValue'))?.Resource).toEqual([
    regionPlan().sip.certificateSecretArn,
  ]);
  expect(named.find(({ Sid }) => Sid === 'Bootstrap')?.Resource).toEqual([
    'arn:aws:ssm:us-east-1:123456789012:parameter/cdk-bootstrap/hnb659fds/version',
    'arn:aws:ssm:us-west-2:123456789012:parameter/cdk-bootstrap/hnb659fds/version',
  ]);
});
