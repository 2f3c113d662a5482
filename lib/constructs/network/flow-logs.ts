import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { RegionPlan } from '../../../regions/plan/types';
import { tag } from '../../tags';

export interface FlowLogsProps {
  readonly plan: RegionPlan;
  readonly vpcId: string;
  readonly key: kms.IKey;
}

/** Every flow of the VPC, accepted or rejected, in an encrypted log group that only the delivering service writes to. */
export class FlowLogs extends Construct {
  private readonly props: FlowLogsProps;

  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    this.props = props;
    const logGroup = this.logGroup();
    new ec2.CfnFlowLog(this, 'FlowLog', {
      resourceType: 'VPC',
      resourceId: props.vpcId,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logGroupName: logGroup.ref,
      deliverLogsPermissionArn: this.deliveryRole(logGroup).roleArn,
    });
  }

  private logGroup(): logs.CfnLogGroup {
    const { plan, key } = this.props;
    const logGroup = new logs.CfnLogGroup(this, 'LogGroup', {
      logGroupName: `${plan.names.logGroupPrefix}/flow`,
      kmsKeyId: key.keyArn,
      retentionInDays: plan.retention.log.logGroupDays,
    });
    logGroup.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    tag(logGroup, { dataClass: 'log' });
    return logGroup;
  }

  private deliveryRole(logGroup: logs.CfnLogGroup): iam.Role {
    const role = new iam.Role(this, 'DeliveryRole', { assumedBy: deliveryService(this.props.plan) });
    new iam.ManagedPolicy(this, 'DeliveryPolicy', {
      description: `Delivery of flow logs of ${Stack.of(this).stackName}`,
      roles: [role],
      statements: [
        new iam.PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          resources: [logGroup.attrArn],
        }),
      ],
    });
    return role;
  }
}

/** Bound to the account's own flow logs, so that nobody else's can make the service use the role (VPC guide, flow logs IAM role). */
function deliveryService({ partition, region, account }: RegionPlan): iam.IPrincipal {
  return new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com', {
    conditions: {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': `arn:${partition}:ec2:${region}:${account}:vpc-flow-log/*` },
    },
  });
}
