import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Names, RegionPlan } from '../../../regions/plan/types';

/** ARNs by name, so that a policy may name a role before it exists and without a reference between stacks. */
export function roleArns({ partition, account, names }: RegionPlan): Readonly<Record<keyof Names['roles'], string>> {
  const arn = (name: string): string => `arn:${partition}:iam::${account}:role/${name}`;
  const { writer, playback, recordsOfficer, keyAdmin, breakGlass, replication } = names.roles;
  return {
    writer: arn(writer),
    playback: arn(playback),
    recordsOfficer: arn(recordsOfficer),
    keyAdmin: arn(keyAdmin),
    breakGlass: arn(breakGlass),
    replication: arn(replication),
  };
}

export const bucketArn = ({ partition }: RegionPlan, bucketName: string): string =>
  `arn:${partition}:s3:::${bucketName}`;

export const trailArn = ({ partition, region, account, names }: RegionPlan): string =>
  `arn:${partition}:cloudtrail:${region}:${account}:trail/${names.trail}`;

export const topicArn = ({ partition, region, account, names }: RegionPlan): string =>
  `arn:${partition}:sns:${region}:${account}:${names.topic}`;

export const copiesTopicArn = ({ partition, copies, account, names }: RegionPlan): string =>
  `arn:${partition}:sns:${copies.region}:${account}:${names.copiesTopic}`;

/** Value of `kms:ViaService` for calls a service makes on a caller's behalf. */
export const viaService = (service: 's3' | 'dynamodb' | 'ec2' | 'kinesis' | 'secretsmanager', region: string): string =>
  `${service}.${region}.${RegionInfo.get(region).domainSuffix ?? 'amazonaws.com'}`;
