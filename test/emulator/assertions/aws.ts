import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { BudgetsClient } from '@aws-sdk/client-budgets';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery';
import { SNSClient } from '@aws-sdk/client-sns';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Where requests go and in whose name. */
export interface Endpoint {
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

/** Clients of one region. */
export interface Region {
  readonly name: string;
  readonly autoscaling: AutoScalingClient;
  readonly budgets: BudgetsClient;
  readonly cloudformation: CloudFormationClient;
  readonly cloudtrail: CloudTrailClient;
  readonly cloudwatch: CloudWatchClient;
  readonly dynamodb: DynamoDBClient;
  readonly ec2: EC2Client;
  readonly ecr: ECRClient;
  readonly ecs: ECSClient;
  readonly events: EventBridgeClient;
  readonly firehose: FirehoseClient;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly logs: CloudWatchLogsClient;
  readonly names: ServiceDiscoveryClient;
  readonly kinesis: KinesisClient;
  readonly s3: S3Client;
  readonly scaling: ApplicationAutoScalingClient;
  readonly sns: SNSClient;
}

/** The account as its APIs tell it, region by region. */
export class Aws {
  private readonly regions = new Map<string, Region>();
  private readonly endpoint: Endpoint;

  constructor(endpoint: Endpoint) {
    this.endpoint = endpoint;
  }

  in(name: string): Region {
    const known = this.regions.get(name) ?? clientsOf(name, this.endpoint);
    this.regions.set(name, known);
    return known;
  }

  /** Closes the connections: a client that keeps one open keeps the process. */
  close(): void {
    for (const { name: _, ...clients } of this.regions.values())
      for (const client of Object.values(clients)) client.destroy();
  }
}

function clientsOf(name: string, endpoint: Endpoint): Region {
  const config = { ...endpoint, region: name };
  return {
    name,
    autoscaling: new AutoScalingClient(config),
    budgets: new BudgetsClient(config),
    cloudformation: new CloudFormationClient(config),
    cloudtrail: new CloudTrailClient(config),
    cloudwatch: new CloudWatchClient(config),
    dynamodb: new DynamoDBClient(config),
    ec2: new EC2Client(config),
    ecr: new ECRClient(config),
    ecs: new ECSClient(config),
    events: new EventBridgeClient(config),
    firehose: new FirehoseClient(config),
    iam: new IAMClient(config),
    kms: new KMSClient(config),
    logs: new CloudWatchLogsClient(config),
    names: new ServiceDiscoveryClient(config),
    // Its own choice is HTTP/2, which the emulator does not speak.
    kinesis: new KinesisClient({ ...config, requestHandler: new NodeHttpHandler() }),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    scaling: new ApplicationAutoScalingClient(config),
    sns: new SNSClient(config),
  };
}
