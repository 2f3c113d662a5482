import { isKnown } from '../../templates/evaluate';
import { asList, type Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { isAllow, roleStatements, statementsIn } from '../policy';
import { containersOf } from './tasks';

/** AWS services that what runs in the VPC calls, by the last part of their endpoint's name. */
export function usedServices(evidence: Evidence): ReadonlySet<string> {
  const stores = Object.entries(SERVICE_OF_TYPE).flatMap(([type, service]) =>
    evidence.ofType(type).length > 0 ? [service] : [],
  );
  return new Set([
    ...stores,
    ...ofContainers(evidence),
    ...computeRoles(evidence).flatMap((role) => calledBy(evidence, role)),
  ]);
}

const SERVICE_OF_TYPE: Readonly<Record<string, string>> = {
  'AWS::KMS::Key': 'kms',
  'AWS::S3::Bucket': 's3',
  'AWS::DynamoDB::Table': 'dynamodb',
  'AWS::DynamoDB::GlobalTable': 'dynamodb',
};

function ofContainers(evidence: Evidence): readonly string[] {
  const tasks = evidence.ofType('AWS::ECS::TaskDefinition');
  if (tasks.length === 0 && evidence.ofType('AWS::ECS::Cluster').length === 0) return [];
  const agent = tasks.length > 0 && tasks.every((task) => isFargate(evidence, task)) ? [] : AGENT;
  return [...agent, 'ecr.api', 'ecr.dkr', 'logs', ...tasks.flatMap((task) => injected(evidence, task))];
}

/** Fargate reaches these outside of the VPC (ECS developer guide, interface VPC endpoints). */
const AGENT = ['ecs', 'ecs-agent', 'ecs-telemetry'] as const;

const isFargate = (evidence: Evidence, task: Resource): boolean => {
  const needed = asList(evidence.at(task, 'RequiresCompatibilities'));
  return needed.length > 0 && needed.every((one) => one === 'FARGATE');
};

/** Where the agent gets secrets from: a bare name or another ARN is a parameter. */
const injected = (evidence: Evidence, task: Resource): readonly string[] =>
  containersOf(evidence, task)
    .flatMap(({ Secrets }) => asList(Secrets))
    .map((secret) => JSON.stringify(secret))
    .map((text) => (/:ssm:|parameter\//i.test(text) ? 'ssm' : 'secretsmanager'));

const PRINCIPALS: ReadonlySet<string> = new Set(['service:ecs-tasks.amazonaws.com', 'service:ec2.amazonaws.com']);

const computeRoles = (evidence: Evidence): readonly Resource[] =>
  evidence
    .ofType('AWS::IAM::Role')
    .filter((role) =>
      statementsIn(evidence.at(role, 'AssumeRolePolicyDocument')).some(({ principals }) =>
        principals.some((principal) => PRINCIPALS.has(principal)),
      ),
    );

/** Endpoints by the prefix of actions, for APIs that a VPC can reach by one. */
const ENDPOINT_OF_PREFIX: Readonly<Record<string, string>> = {
  autoscaling: 'autoscaling',
  bedrock: 'bedrock-runtime',
  cloudwatch: 'monitoring',
  dynamodb: 'dynamodb',
  ec2: 'ec2',
  ecr: 'ecr.api',
  ecs: 'ecs',
  kms: 'kms',
  logs: 'logs',
  polly: 'polly',
  s3: 's3',
  secretsmanager: 'secretsmanager',
  servicediscovery: 'servicediscovery',
  sns: 'sns',
  sqs: 'sqs',
  ssm: 'ssm',
  ssmmessages: 'ssmmessages',
  sts: 'sts',
  transcribe: 'transcribe',
  xray: 'xray',
};

/** What a role may call it is taken to call; `*` says nothing of what that is. */
const calledBy = (evidence: Evidence, role: Resource): readonly string[] =>
  roleStatements(evidence, role)
    .filter((statement) => isAllow(statement))
    .flatMap(({ actions }) => actions)
    .filter((action) => isKnown(action))
    .flatMap((action) => ENDPOINT_OF_PREFIX[action.split(':', 1)[0]?.toLowerCase() ?? ''] ?? []);
