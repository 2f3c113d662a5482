import { CfnConfigurationRecorder, CfnDeliveryChannel } from 'aws-cdk-lib/aws-config';
import { Construct } from 'constructs';
import type { RegionPlan } from '../../../regions/plan/types';
import { CONFIG_PREFIX } from './config-delivery';

export interface ConfigurationRecorderProps {
  readonly plan: RegionPlan;
}

/**
 * AWS Config, for accounts that do not have it. An account has one recorder a region, and recorder and channel wait for
 * each other: neither may depend on the other. The service-linked role must exist (`aws iam create-service-linked-role
 * --aws-service-name config.amazonaws.com`): two regions cannot both create it.
 */
export class ConfigurationRecorder extends Construct {
  constructor(scope: Construct, id: string, { plan }: ConfigurationRecorderProps) {
    super(scope, id);
    new CfnConfigurationRecorder(this, 'Recorder', {
      name: plan.names.prefix,
      roleArn: `arn:${plan.partition}:iam::${plan.account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
      // IAM is global: recorded once.
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: plan.home },
    });
    new CfnDeliveryChannel(this, 'Channel', {
      name: plan.names.prefix,
      s3BucketName: plan.names.buckets.logs,
      s3KeyPrefix: CONFIG_PREFIX,
      configSnapshotDeliveryProperties: { deliveryFrequency: 'TwentyFour_Hours' },
    });
  }
}
