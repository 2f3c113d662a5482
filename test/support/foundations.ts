import { Stack } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { CellNetwork, RegionNetwork } from '../../lib/constructs/network/region-network';
import type { RegionRecords } from '../../lib/constructs/records/region-records';
import type { RegionPlan } from '../../regions/plan/types';

/** What a cell needs of its region's network, as plain ids that say what they are. */
export const fakeNetwork = (plan: RegionPlan): RegionNetwork => ({
  vpcId: 'vpc-of-region',
  cells: Object.fromEntries(plan.cells.map(({ azId }) => [azId, cellNetwork(azId)])),
  endpointSecurityGroupId: 'sg-endpoints',
  prefixListIds: { s3: 'pl-s3', dynamodb: 'pl-dynamodb' },
  sipDirectory: {
    namespaceId: 'ns-sip',
    hostedZoneId: 'ZSIP',
    hostServiceId: 'srv-host',
    hostServiceArn: `arn:aws:servicediscovery:${plan.region}:${plan.account}:service/srv-host`,
    srvServices: [
      {
        transport: 'tls',
        id: 'srv-tls',
        arn: `arn:aws:servicediscovery:${plan.region}:${plan.account}:service/srv-tls`,
      },
    ],
  },
});

const cellNetwork = (azId: string): CellNetwork => ({
  edgeSubnetId: `subnet-edge-${azId}`,
  mediaSubnetId: `subnet-media-${azId}`,
  inferenceSubnetId: `subnet-inference-${azId}`,
  dataSubnetId: `subnet-data-${azId}`,
  elasticIpAllocationIds: [`eipalloc-${azId}`],
});

/** What a cell needs of its region's records, imported by name. */
export function fakeRecords(scope: Construct, plan: RegionPlan): RegionRecords {
  const { account, region, names } = plan;
  const stack = new Stack(scope, 'fake-records', { env: { account, region } });
  const key = (name: string) => Key.fromKeyArn(stack, `${name}Key`, `arn:aws:kms:${region}:${account}:key/${name}`);
  const repository = (tier: 'stt' | 'llm' | 'tts') =>
    Repository.fromRepositoryName(stack, `${tier}Repository`, names.repositories[tier]);
  return {
    keys: {
      recording: key('recording'),
      transcript: key('transcript'),
      cdr: key('cdr'),
      posture: key('posture'),
      log: key('log'),
      topic: key('topic'),
      volume: key('volume'),
      weights: key('weights'),
    },
    weightsBucket: Bucket.fromBucketName(stack, 'Weights', names.buckets.weights),
    writerRoleArn: `arn:aws:iam::${account}:role/${names.roles.writer}`,
    repositories: { stt: repository('stt'), llm: repository('llm'), tts: repository('tts') },
  };
}
