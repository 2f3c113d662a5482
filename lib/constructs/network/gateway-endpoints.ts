import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { RegionPlan } from '../../../regions/plan/types';
import { accountOnlyPolicy, s3Policy } from './endpoint-policies';

export interface GatewayEndpointsProps {
  readonly plan: RegionPlan;
  readonly vpcId: string;
  readonly routeTableIds: string[];
}

/** S3 and DynamoDB without leaving the VPC, from every subnet. */
export class GatewayEndpoints extends Construct {
  private readonly props: GatewayEndpointsProps;

  constructor(scope: Construct, id: string, props: GatewayEndpointsProps) {
    super(scope, id);
    this.props = props;
    this.endpoint('S3', 's3', s3Policy(props.plan));
    this.endpoint('DynamoDb', 'dynamodb', accountOnlyPolicy(props.plan));
  }

  private endpoint(id: string, service: string, policyDocument: PolicyDocument): void {
    const { plan, vpcId, routeTableIds } = this.props;
    new ec2.CfnVPCEndpoint(this, id, {
      vpcEndpointType: 'Gateway',
      serviceName: `com.amazonaws.${plan.region}.${service}`,
      vpcId,
      routeTableIds,
      policyDocument,
    });
  }
}
