import { Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

export interface RegionVpcProps {
  /** `Name` tag. */
  readonly name: string;
  readonly cidr: string;
}

/** The region's VPC: IPv4 only, one internet gateway, and one route table that reaches it, which is for edge subnets alone. */
export class RegionVpc extends Construct {
  readonly vpcId: string;
  readonly edgeRouteTableId: string;

  constructor(scope: Construct, id: string, props: RegionVpcProps) {
    super(scope, id);
    const vpc = new ec2.CfnVPC(this, 'Vpc', {
      cidrBlock: props.cidr,
      // Both are what private DNS of interface endpoints needs.
      enableDnsSupport: true,
      enableDnsHostnames: true,
    });
    Tags.of(vpc).add('Name', props.name);
    this.vpcId = vpc.ref;
    this.edgeRouteTableId = this.edgeRouteTable();
  }

  private edgeRouteTable(): string {
    const { vpcId } = this;
    const gateway = new ec2.CfnInternetGateway(this, 'InternetGateway');
    const attachment = new ec2.CfnVPCGatewayAttachment(this, 'Attachment', { vpcId, internetGatewayId: gateway.ref });
    const table = new ec2.CfnRouteTable(this, 'EdgeRoutes', { vpcId });
    new ec2.CfnRoute(this, 'EdgeToInternet', {
      routeTableId: table.ref,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: gateway.ref,
    }).addResourceDependency(attachment);
    return table.ref;
  }
}
