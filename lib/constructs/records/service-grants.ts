import * as iam from 'aws-cdk-lib/aws-iam';
import type { RegionPlan } from '../../../regions/plan/types';
import { trailArn } from './arns';

const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Grant {
  readonly sid: string;
  readonly service: string;
  readonly actions: string[];
  readonly conditions: Conditions;
}

const grant = ({ sid, service, actions, conditions }: Grant): iam.PolicyStatement =>
  new iam.PolicyStatement({
    sid,
    principals: [new iam.ServicePrincipal(service)],
    actions,
    resources: ['*'],
    conditions,
  });

/** Log groups of this account and region (CloudWatch Logs user guide, "Encrypt log data using AWS KMS") and the trail. */
export function logKeyGrants(plan: RegionPlan): iam.PolicyStatement[] {
  const { partition, region, account } = plan;
  const logGroups = `arn:${partition}:logs:${region}:${account}:log-group:*`;
  const fromTrail = { 'aws:SourceArn': trailArn(plan) };
  const trails = `arn:${partition}:cloudtrail:*:${account}:trail/*`;
  return [
    grant({
      sid: 'LogGroups',
      service: `logs.${region}.amazonaws.com`,
      actions: USE,
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
    }),
    grant({
      sid: 'TrailEncrypts',
      service: 'cloudtrail.amazonaws.com',
      actions: ['kms:GenerateDataKey*'],
      conditions: {
        StringEquals: fromTrail,
        StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': trails },
      },
    }),
    grant({
      sid: 'TrailDescribes',
      service: 'cloudtrail.amazonaws.com',
      actions: ['kms:DescribeKey'],
      conditions: { StringEquals: fromTrail },
    }),
  ];
}

const publisher = (sid: string, service: string, condition: Record<string, string>): iam.PolicyStatement =>
  grant({ sid, service, actions: ['kms:GenerateDataKey*', 'kms:Decrypt'], conditions: { StringEquals: condition } });

/**
 * Services that publish to a topic of alarms and alerts. EventBridge sends no source account or ARN when it publishes to an
 * encrypted topic, and a condition on either would silently drop the message (SNS developer guide, key management), so
 * every grant is bound to the topic by its encryption context instead.
 */
export function topicKeyGrants(topicArn: string, account: string): iam.PolicyStatement[] {
  const topic = { 'kms:EncryptionContext:aws:sns:topicArn': topicArn };
  const ownTopic = { ...topic, 'aws:SourceAccount': account };
  return [
    publisher('Events', 'events.amazonaws.com', topic),
    publisher('Alarms', 'cloudwatch.amazonaws.com', ownTopic),
  ];
}

/**
 * Encrypted volumes of nodes that Auto Scaling launches (EC2 Auto Scaling user guide, "Required AWS KMS key policy for
 * use with encrypted volumes"). The service-linked role is compared, not named: an account that never used Auto Scaling
 * has none, and KMS refuses a policy naming a principal that does not exist.
 */
export function volumeKeyGrants({ partition, account }: RegionPlan): iam.PolicyStatement[] {
  const role = `arn:${partition}:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
  const byAutoScaling: Conditions = {
    StringEquals: { 'kms:CallerAccount': account },
    ArnEquals: { 'aws:PrincipalArn': role },
  };
  const statement = (sid: string, actions: string[], conditions: Conditions): iam.PolicyStatement =>
    new iam.PolicyStatement({ sid, principals: [new iam.AnyPrincipal()], actions, resources: ['*'], conditions });
  return [
    statement('AutoScalingUses', USE, byAutoScaling),
    statement('AutoScalingGrantsToEc2', ['kms:CreateGrant'], {
      ...byAutoScaling,
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
    }),
  ];
}
