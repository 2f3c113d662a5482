import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { RegionPlan } from '../../../regions/plan/types';
import { tag } from '../../tags';
import { interfacePolicy } from './endpoint-policies';

const HTTPS = 443;

/** A group without egress rules gets allow-all from CloudFormation; a rule that matches nothing is how to have none. */
const NO_EGRESS: ec2.CfnSecurityGroup.EgressProperty = {
  cidrIp: '255.255.255.255/32',
  ipProtocol: 'icmp',
  fromPort: 252,
  toPort: 86,
  description: 'No egress',
};

export interface InterfaceEndpointsProps {
  readonly plan: RegionPlan;
  readonly vpcId: string;
  /** One data subnet per cell. */
  readonly subnetIds: string[];
}

/**
 * AWS APIs by private address in every cell, under their usual names. Each endpoint is limited to the account,
 * but for the services that take no policy, listed in `endpoint-policies.ts`.
 */
export class InterfaceEndpoints extends Construct {
  readonly securityGroupId: string;
  private readonly props: InterfaceEndpointsProps;

  constructor(scope: Construct, id: string, props: InterfaceEndpointsProps) {
    super(scope, id);
    this.props = props;
    this.securityGroupId = this.securityGroup();
    for (const service of props.plan.network.interfaceEndpoints) this.endpoint(service);
    tag(this, { tier: 'data' });
  }

  private securityGroup(): string {
    const { plan, vpcId } = this.props;
    const group = new ec2.CfnSecurityGroup(this, 'SecurityGroup', {
      vpcId,
      groupDescription: 'HTTPS from the cells to the interface endpoints',
      securityGroupIngress: plan.cells.flatMap((cell) =>
        Object.entries(cell.subnets).map(([kind, cidrIp]) => httpsFrom(cidrIp, `${kind} subnet of ${cell.azId}`)),
      ),
      securityGroupEgress: [NO_EGRESS],
    });
    return group.attrGroupId;
  }

  private endpoint(service: string): void {
    const { plan, vpcId, subnetIds } = this.props;
    const policyDocument = interfacePolicy(service, plan);
    new ec2.CfnVPCEndpoint(this, pascalCase(service), {
      vpcEndpointType: 'Interface',
      serviceName: `com.amazonaws.${plan.region}.${service}`,
      vpcId,
      subnetIds,
      securityGroupIds: [this.securityGroupId],
      privateDnsEnabled: true,
      ...(policyDocument && { policyDocument }),
    });
  }
}

function httpsFrom(cidrIp: string, source: string): ec2.CfnSecurityGroup.IngressProperty {
  return { cidrIp, ipProtocol: 'tcp', fromPort: HTTPS, toPort: HTTPS, description: `HTTPS from the ${source}` };
}

/** `ecr.api` → `EcrApi`. */
function pascalCase(service: string): string {
  return service
    .split(/[.-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
