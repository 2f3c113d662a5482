import { RemovalPolicy } from 'aws-cdk-lib';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { RegionPlan } from '../../../regions/plan/types';
import { tag } from '../../tags';
import { bucketArn, trailArn } from './arns';

export interface TrailProps {
  readonly plan: RegionPlan;
  readonly key: kms.IKey;
  readonly logBucket: s3.Bucket;
  readonly ledger: dynamodb.ITable;
}

/** Who did what: management events, every read and write of the vaults' objects and of the ledger, tamper-evident. */
export class Trail extends Construct {
  private readonly props: TrailProps;

  constructor(scope: Construct, id: string, props: TrailProps) {
    super(scope, id);
    this.props = props;
    const { plan, key, logBucket, ledger } = props;
    for (const statement of deliveryTo(logBucket, plan)) logBucket.addToResourcePolicy(statement);
    const logGroup = this.logGroup();
    const role = new iam.Role(this, 'DeliveryRole', {
      // No aws:SourceArn: CloudTrail checks this trust when the trail is made and documents the key for buckets and keys only.
      assumedBy: new iam.ServicePrincipal('cloudtrail.amazonaws.com'),
    });
    const policy = this.deliveryPolicy(logGroup, role);
    const trail = new cloudtrail.CfnTrail(this, 'Trail', {
      trailName: plan.names.trail,
      isLogging: true,
      isMultiRegionTrail: plan.trail.multiRegion,
      includeGlobalServiceEvents: plan.trail.multiRegion,
      enableLogFileValidation: true,
      kmsKeyId: key.keyArn,
      s3BucketName: logBucket.bucketName,
      s3KeyPrefix: PREFIX,
      cloudWatchLogsLogGroupArn: logGroup.attrArn,
      cloudWatchLogsRoleArn: role.roleArn,
      advancedEventSelectors: selectors(plan, ledger),
    });
    // CloudTrail tries both deliveries when the trail is made.
    trail.node.addDependency(policy);
    if (logBucket.policy) trail.node.addDependency(logBucket.policy);
    tag(this, { dataClass: 'log' });
  }

  private logGroup(): logs.CfnLogGroup {
    const { plan, key } = this.props;
    const logGroup = new logs.CfnLogGroup(this, 'LogGroup', {
      logGroupName: `${plan.names.logGroupPrefix}/trail`,
      kmsKeyId: key.keyArn,
      retentionInDays: plan.retention.log.logGroupDays,
      deletionProtectionEnabled: true,
    });
    logGroup.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return logGroup;
  }

  private deliveryPolicy(logGroup: logs.CfnLogGroup, role: iam.Role): iam.ManagedPolicy {
    const { names } = this.props.plan;
    return new iam.ManagedPolicy(this, 'DeliveryPolicy', {
      description: `Delivery of ${names.trail} to its log group`,
      roles: [role],
      statements: [
        new iam.PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logGroup.attrArn],
        }),
      ],
    });
  }
}

const PREFIX = 'trail';

function deliveryTo(logBucket: s3.Bucket, plan: RegionPlan): iam.PolicyStatement[] {
  const principals = [new iam.ServicePrincipal('cloudtrail.amazonaws.com')];
  const fromTrail = { 'aws:SourceArn': trailArn(plan) };
  return [
    new iam.PolicyStatement({
      sid: 'TrailChecksBucket',
      principals,
      actions: ['s3:GetBucketAcl'],
      resources: [logBucket.bucketArn],
      conditions: { StringEquals: fromTrail },
    }),
    new iam.PolicyStatement({
      sid: 'TrailDelivers',
      principals,
      actions: ['s3:PutObject'],
      resources: [logBucket.arnForObjects(`${PREFIX}/AWSLogs/${plan.account}/*`)],
      conditions: { StringEquals: { ...fromTrail, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
  ];
}

type Selector = cloudtrail.CfnTrail.AdvancedEventSelectorProperty;

function selectors(plan: RegionPlan, ledger: dynamodb.ITable): Selector[] {
  const objects = plan.trail.dataEventBuckets.map((name) => `${bucketArn(plan, name)}/`);
  return [
    { name: 'Management', fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] },
    dataEvents('VaultObjects', 'AWS::S3::Object', objects),
    dataEvents('LedgerItems', 'AWS::DynamoDB::Table', [ledger.tableArn]),
  ];
}

const dataEvents = (name: string, type: string, startsWith: string[]): Selector => ({
  name,
  fieldSelectors: [
    { field: 'eventCategory', equalTo: ['Data'] },
    { field: 'resources.type', equalTo: [type] },
    { field: 'resources.ARN', startsWith },
  ],
});
