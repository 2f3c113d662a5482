import {
  AssociateRouteTableCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateRouteCommand,
  CreateTagsCommand,
  CreateVpcEndpointCommand,
  DeleteFlowLogsCommand,
  DeleteRouteCommand,
  DisassociateRouteTableCommand,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
  ModifyVpcEndpointCommand,
  ReleaseAddressCommand,
  RevokeSecurityGroupIngressCommand,
  DescribeAddressesCommand,
  CreateInternetGatewayCommand,
  AttachInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateVpcPeeringConnectionCommand,
  CreateVpcCommand,
  CreateRouteTableCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import type { Account } from './account';
import type { Spoiled } from './spoiled';

const anywhere = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
const SUBNET = 'AWS::EC2::Subnet';
const TABLE = 'AWS::EC2::RouteTable';

const privateTable = (account: Account): string => account.idOf(/Private|Isolated|Inner/, TABLE);

export const SPOILED_NETWORK: readonly Spoiled[] = [
  {
    what: 'names no longer resolve in the VPC',
    spoil: ({ aws, vpc }) =>
      aws.ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpc, EnableDnsHostnames: { Value: false } })),
    found: ['AWS::EC2::VPC.EnableDnsHostnames'],
  },
  {
    what: 'a subnet that gives public addresses',
    spoil: (account) =>
      account.aws.ec2.send(
        new ModifySubnetAttributeCommand({
          SubnetId: account.idOf(/Inference/, SUBNET),
          MapPublicIpOnLaunch: { Value: true },
        }),
      ),
    found: ['AWS::EC2::Subnet.MapPublicIpOnLaunch'],
  },
  {
    what: 'a tag that says something else',
    spoil: (account) =>
      account.aws.ec2.send(
        new CreateTagsCommand({
          Resources: [account.idOf(/Media/, SUBNET)],
          Tags: [{ Key: 'voicecell:tier', Value: 'edge' }],
        }),
      ),
    found: ['AWS::EC2::Subnet.Tags'],
  },
  {
    what: 'a port open to the world in a group that lists its rules',
    spoil: (account) =>
      account.aws.ec2.send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId: account.idOf(/Edge/, 'AWS::EC2::SecurityGroup'),
          IpPermissions: [anywhere],
        }),
      ),
    found: ['AWS::EC2::SecurityGroup.SecurityGroupIngress'],
  },
  {
    what: 'a rule taken away',
    spoil: (account) =>
      account.aws.ec2.send(
        new RevokeSecurityGroupIngressCommand({
          GroupId: account.idOf(/Media/, 'AWS::EC2::SecurityGroup'),
          SecurityGroupRuleIds: [account.idOf(/EdgeToMediartp/, 'AWS::EC2::SecurityGroupIngress')],
        }),
      ),
    found: ['AWS::EC2::SecurityGroupIngress is gone'],
  },
  {
    what: 'an endpoint whose policy lets everybody in',
    spoil: (account) =>
      account.aws.ec2.send(
        new ModifyVpcEndpointCommand({
          VpcEndpointId: account.idOf(/Kms/, 'AWS::EC2::VPCEndpoint'),
          PolicyDocument: JSON.stringify({
            Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
          }),
        }),
      ),
    found: ['AWS::EC2::VPCEndpoint.PolicyDocument'],
  },
  {
    what: 'a route by hand',
    spoil: (account) =>
      account.aws.ec2.send(
        new CreateRouteCommand({
          RouteTableId: privateTable(account),
          DestinationCidrBlock: '0.0.0.0/0',
          GatewayId: account.idOf(/./, 'AWS::EC2::InternetGateway'),
        }),
      ),
    found: ['AWS::EC2::RouteTable has AWS::EC2::Route'],
  },
  {
    what: 'a route taken away',
    spoil: (account) => {
      const [RouteTableId, DestinationCidrBlock] = account.idOf(/./, 'AWS::EC2::Route').split('|');
      return account.aws.ec2.send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock }));
    },
    found: ['AWS::EC2::Route is gone'],
  },
  {
    what: 'a subnet moved to a table of nobody, with a route of its own',
    spoil: async (account) => {
      const { ec2 } = account.aws;
      const AssociationId = account.idOf(/Inference/, 'AWS::EC2::SubnetRouteTableAssociation');
      await ec2.send(new DisassociateRouteTableCommand({ AssociationId }));
      const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId: account.vpc }));
      const RouteTableId = RouteTable?.RouteTableId;
      const GatewayId = account.idOf(/./, 'AWS::EC2::InternetGateway');
      await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId }));
      const SubnetId = account.idOf(/Inference/, SUBNET);
      await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
    },
    found: [
      'AWS::EC2::Subnet has AWS::EC2::Route',
      'AWS::EC2::Subnet has AWS::EC2::RouteTable',
      'AWS::EC2::Subnet has AWS::EC2::SubnetRouteTableAssociation',
      'AWS::EC2::SubnetRouteTableAssociation is gone',
    ],
  },
  {
    what: 'flow logs deleted',
    spoil: (account) =>
      account.aws.ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: [account.idOf(/./, 'AWS::EC2::FlowLog')] })),
    found: ['AWS::EC2::FlowLog is gone'],
  },
  {
    what: 'an address released',
    spoil: async (account) => {
      const { ec2 } = account.aws;
      const PublicIps = [account.idOf(/./, 'AWS::EC2::EIP')];
      const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand({ PublicIps }));
      return ec2.send(new ReleaseAddressCommand({ AllocationId: Addresses[0]?.AllocationId }));
    },
    found: ['AWS::EC2::EIP is gone'],
  },
  {
    what: 'an endpoint that no template made',
    spoil: ({ aws, vpc }) =>
      aws.ec2.send(
        new CreateVpcEndpointCommand({
          VpcId: vpc,
          ServiceName: 'com.amazonaws.us-east-1.sqs',
          VpcEndpointType: 'Interface',
        }),
      ),
    found: ['AWS::EC2::VPC has AWS::EC2::VPCEndpoint'],
  },
  {
    what: 'a NAT gateway that no template made',
    spoil: (account) =>
      account.aws.ec2.send(
        new CreateNatGatewayCommand({ SubnetId: account.idOf(/Edge/, SUBNET), ConnectivityType: 'private' }),
      ),
    found: ['AWS::EC2::VPC has AWS::EC2::NatGateway'],
  },
  {
    what: 'a peering that no template made',
    spoil: async ({ aws, vpc }) => {
      const { Vpc } = await aws.ec2.send(new CreateVpcCommand({ CidrBlock: '10.99.0.0/16' }));
      return aws.ec2.send(new CreateVpcPeeringConnectionCommand({ VpcId: Vpc?.VpcId, PeerVpcId: vpc }));
    },
    found: ['AWS::EC2::VPC has AWS::EC2::VPCPeeringConnection'],
  },
  {
    what: 'a second internet gateway',
    spoil: async ({ aws, vpc }) => {
      const { InternetGateway } = await aws.ec2.send(new CreateInternetGatewayCommand({}));
      const InternetGatewayId = InternetGateway?.InternetGatewayId;
      return aws.ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId: vpc }));
    },
    found: ['AWS::EC2::VPC has AWS::EC2::InternetGateway'],
  },
  {
    what: 'an instance with a public address',
    spoil: (account) =>
      account.aws.ec2.send(
        new RunInstancesCommand({
          ImageId: 'ami-12c6146b',
          InstanceType: 't3.micro',
          MinCount: 1,
          MaxCount: 1,
          NetworkInterfaces: [
            { DeviceIndex: 0, SubnetId: account.idOf(/Edge/, SUBNET), AssociatePublicIpAddress: true },
          ],
        }),
      ),
    found: ['AWS::EC2::VPC has AWS::EC2::Instance'],
  },
];
