import { CloudTrailClient, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import {
  DescribeAvailabilityZonesCommand,
  DescribeInstancesCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { BatchGetImageCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  GetTaskProtectionCommand,
  ListTasksCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetObjectRetentionCommand, HeadObjectCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import type { Answer } from '../../aws/answer';
import type { RegionFacts, TaskFacts } from '../../compliance/audit/live/running/facts';
import { cleanFacts, NOW, type Sandbox } from './running-cell';

export const clients = {
  cloudTrail: mockClient(CloudTrailClient),
  ec2: mockClient(EC2Client),
  ecr: mockClient(ECRClient),
  ecs: mockClient(ECSClient),
  kms: mockClient(KMSClient),
  s3: mockClient(S3Client),
};

/** Takes what was recorded out of all clients. */
export function forget(): void {
  for (const client of Object.values(clients)) client.reset();
}

export const callCount = (): number => Object.values(clients).reduce((sum, client) => sum + client.calls().length, 0);

/** Commands by the IAM action that allows them. */
const deniable = {
  'cloudtrail:GetTrailStatus': () => clients.cloudTrail.on(GetTrailStatusCommand),
  'ec2:DescribeAvailabilityZones': () => clients.ec2.on(DescribeAvailabilityZonesCommand),
  'ec2:DescribeInstances': () => clients.ec2.on(DescribeInstancesCommand),
  'ec2:DescribeSubnets': () => clients.ec2.on(DescribeSubnetsCommand),
  'ecr:BatchGetImage': () => clients.ecr.on(BatchGetImageCommand),
  'ecs:DescribeContainerInstances': () => clients.ecs.on(DescribeContainerInstancesCommand),
  'ecs:DescribeServices': () => clients.ecs.on(DescribeServicesCommand),
  'ecs:DescribeTaskDefinition': () => clients.ecs.on(DescribeTaskDefinitionCommand),
  'ecs:DescribeTasks': () => clients.ecs.on(DescribeTasksCommand),
  'ecs:GetTaskProtection': () => clients.ecs.on(GetTaskProtectionCommand),
  'ecs:ListTasks': () => clients.ecs.on(ListTasksCommand),
  'kms:DescribeKey': () => clients.kms.on(DescribeKeyCommand),
  's3:GetObjectRetention': () => clients.s3.on(GetObjectRetentionCommand),
  's3:GetObjectVersion': () => clients.s3.on(HeadObjectCommand),
  's3:ListBucketVersions': () => clients.s3.on(ListObjectVersionsCommand),
};

export const DENIABLE = Object.keys(deniable) as (keyof typeof deniable)[];

export function deny(action: keyof typeof deniable): void {
  deniable[action]().rejects(awsError('AccessDeniedException', `not authorized to perform ${action}`, 403));
}

export const awsError = (name: string, message: string, httpStatusCode = 400): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/0a1b';

/** An account in which the sandbox runs as planned, and every bucket of records holds one version. */
export function runningAccount(sandbox: Sandbox): void {
  forget();
  cells(cleanFacts(sandbox), sandbox.cell.name);
  clients.cloudTrail
    .on(GetTrailStatusCommand)
    .resolves({ IsLogging: true, StartLoggingTime: NOW, LatestDeliveryTime: NOW });
  clients.kms.on(DescribeKeyCommand).resolves({ KeyMetadata: { KeyId: '0a1b', Arn: KEY } });
  const made = new Date('2026-11-26T10:00:00Z');
  clients.s3.on(ListObjectVersionsCommand).resolves({
    Versions: [{ Key: '2026/11/26/a.wav', VersionId: 'v1', LastModified: made, ChecksumAlgorithm: ['SHA256'] }],
  });
  clients.s3.on(HeadObjectCommand).resolves({
    ObjectLockMode: 'GOVERNANCE',
    ObjectLockRetainUntilDate: new Date('2026-11-27T10:00:00Z'),
    ServerSideEncryption: 'aws:kms',
    SSEKMSKeyId: KEY,
  });
}

function cells(facts: RegionFacts, name: string): void {
  const cluster = facts.clusters.get(name);
  if (!cluster) throw new Error('the facts have no cell');
  clusterAnswers(cluster);
  places(facts);
}

type Cluster = NonNullable<ReturnType<RegionFacts['clusters']['get']>>;

function clusterAnswers({ services, tasks, protectedUntil, nodes, definitions }: Cluster): void {
  const { ecs } = clients;
  const running = valueOf(tasks);
  ecs.on(ListTasksCommand).resolves({ taskArns: running.map(({ arn }) => arn) });
  ecs.on(DescribeTasksCommand).callsFake(({ tasks: asked }: { tasks: string[] }) => ({
    tasks: running.filter(({ arn }) => asked.includes(arn)).map(taskOf),
  }));
  ecs.on(DescribeServicesCommand).resolves({
    services: valueOf(services).map(({ name, desired, running: count }) => ({
      serviceName: name,
      status: 'ACTIVE',
      desiredCount: desired,
      runningCount: count,
    })),
  });
  ecs.on(GetTaskProtectionCommand).resolves({
    protectedTasks: [...valueOf(protectedUntil)].map(([taskArn, expirationDate]) => ({
      taskArn,
      protectionEnabled: true,
      expirationDate,
    })),
  });
  ecs.on(DescribeContainerInstancesCommand).resolves({
    containerInstances: [...valueOf(nodes)].map(([containerInstanceArn, ec2InstanceId]) => ({
      containerInstanceArn,
      ec2InstanceId,
    })),
  });
  for (const [taskDefinition, answer] of definitions) {
    const { ports, gpus } = valueOf(answer);
    ecs.on(DescribeTaskDefinitionCommand, { taskDefinition }).resolves({
      taskDefinition: {
        networkMode: ports.length > 0 ? 'host' : 'awsvpc',
        containerDefinitions: [
          {
            portMappings: ports.map(({ port, protocol }) => ({ containerPort: port, protocol: protocol as 'tcp' })),
            resourceRequirements: gpus > 0 ? [{ type: 'GPU', value: String(gpus) }] : [],
          },
        ],
      },
    });
  }
}

const taskOf = (task: TaskFacts): Task => ({
  taskArn: task.arn,
  group: `service:${task.service}`,
  lastStatus: 'RUNNING',
  taskDefinitionArn: task.definition,
  containerInstanceArn: task.containerInstance,
  enableExecuteCommand: task.allowsExec,
  attachments: task.subnets.map((value) => ({ details: [{ name: 'subnetId', value }] })),
  containers: task.containers.map(({ name, digest, gpus }) => ({
    name,
    imageDigest: digest,
    gpuIds: Array.from({ length: gpus }, (_, index) => `GPU-${index}`),
  })),
});

function places({ instances, subnets, zones, images }: RegionFacts): void {
  const { ec2, ecr } = clients;
  ec2.on(DescribeInstancesCommand).resolves({
    Reservations: [...valueOf(instances)].map(
      ([
        InstanceId,
        {
          azName,
          subnets: [SubnetId],
        },
      ]) => ({
        Instances: [{ InstanceId, SubnetId, Placement: { AvailabilityZone: azName, GroupName: '' } }],
      }),
    ),
  });
  ec2.on(DescribeSubnetsCommand).resolves({
    Subnets: [...valueOf(subnets)].map(([SubnetId, { azId, cidr }]) => ({
      SubnetId,
      AvailabilityZoneId: azId,
      CidrBlock: cidr,
    })),
  });
  ec2.on(DescribeAvailabilityZonesCommand).resolves({
    AvailabilityZones: [...valueOf(zones)].map(([ZoneName, ZoneId]) => ({ ZoneName, ZoneId })),
  });
  ecr.on(BatchGetImageCommand).resolves({
    images: [...valueOf(images)].map(([name, [imageDigest]]) => ({
      imageId: { imageTag: name.slice(name.indexOf(':') + 1), imageDigest },
      imageManifest: '{}',
    })),
  });
}

function valueOf<T>(answer: Answer<T>): T {
  if (!answer.known) throw new Error(answer.why);
  return answer.value;
}
