import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateTagsCommand,
  CreateVpcEndpointCommand,
  DeleteFlowLogsCommand,
  DeleteInternetGatewayCommand,
  DeleteNatGatewayCommand,
  DeleteRouteCommand,
  DeleteVpcEndpointsCommand,
  DescribeAddressesCommand,
  DescribeVpcEndpointsCommand,
  DetachInternetGatewayCommand,
  DisassociateRouteTableCommand,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
  ModifyVpcEndpointCommand,
  ReleaseAddressCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type IpPermission,
} from '@aws-sdk/client-ec2';
import type { DeployedKit } from '../deployed';
import { done, forGood, swapped, toggled, type Drift } from './drift';

const SUBNET = 'AWS::EC2::Subnet';
const GROUP = 'AWS::EC2::SecurityGroup';
const ENDPOINT = 'AWS::EC2::VPCEndpoint';

const everywhere = (port: number): IpPermission[] => [
  { IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
];

const vpcOf = (kit: DeployedKit): string => kit.idOf('AWS::EC2::VPC');

const GROUPS: readonly Drift[] = [
  {
    what: 'a port of edge nodes open to the world',
    inject: (kit) => {
      const { ec2 } = kit.here;
      const rule = { GroupId: kit.idOf(GROUP, /^SecurityGroupsEdge/), IpPermissions: everywhere(22) };
      return done(ec2.send(new AuthorizeSecurityGroupIngressCommand(rule)), () =>
        ec2.send(new RevokeSecurityGroupIngressCommand(rule)),
      );
    },
    found: ['SecurityGroupsEdge.SecurityGroupIngress'],
    minded: ['NET-04 unmet SecurityGroupsEdge'],
  },
  {
    what: 'a port of models open to the world',
    inject: (kit) => {
      const { ec2 } = kit.here;
      const rule = { GroupId: kit.idOf(GROUP, /^SecurityGroupsLlm/), IpPermissions: everywhere(8000) };
      return done(ec2.send(new AuthorizeSecurityGroupIngressCommand(rule)), () =>
        ec2.send(new RevokeSecurityGroupIngressCommand(rule)),
      );
    },
    found: ['SecurityGroupsLlm.SecurityGroupIngress'],
    minded: ['NET-01 unmet SecurityGroupsLlm'],
  },
  {
    what: 'media nodes that may speak to the world',
    inject: (kit) => {
      const { ec2 } = kit.here;
      const rule = { GroupId: kit.idOf(GROUP, /^SecurityGroupsMedia/), IpPermissions: everywhere(443) };
      return done(ec2.send(new AuthorizeSecurityGroupEgressCommand(rule)), () =>
        ec2.send(new RevokeSecurityGroupEgressCommand(rule)),
      );
    },
    found: ['SecurityGroupsMedia.SecurityGroupEgress'],
    minded: ['NET-08 unmet SecurityGroupsMedia', 'NET-10 unmet SecurityGroupsMedia'],
  },
  {
    what: 'a rule between tiers taken away',
    inject: (kit) =>
      forGood(
        kit.here.ec2.send(
          new RevokeSecurityGroupIngressCommand({
            GroupId: kit.idOf(GROUP, /^SecurityGroupsTts/),
            SecurityGroupRuleIds: [kit.idOf('AWS::EC2::SecurityGroupIngress', /MediaTotts/)],
          }),
        ),
      ),
    found: ['SecurityGroupsMediaTottstcp8880In is gone'],
    minded: [],
  },
];

const ROUTES: readonly Drift[] = [
  {
    what: 'a route of private subnets to the internet',
    inject: (kit) => {
      const { ec2 } = kit.here;
      const route = {
        RouteTableId: kit.idOf('AWS::EC2::RouteTable', /Private/),
        DestinationCidrBlock: '0.0.0.0/0',
      };
      const GatewayId = kit.idOf('AWS::EC2::InternetGateway');
      return done(ec2.send(new CreateRouteCommand({ ...route, GatewayId })), () =>
        ec2.send(new DeleteRouteCommand(route)),
      );
    },
    found: ['Use1Az1PrivateRoutes has AWS::EC2::Route'],
    minded: [
      'INF-01 unmet LlmGpuFleetGroup',
      'INF-01 unmet SttGpuFleetGroup',
      'INF-01 unmet TtsGpuFleetGroup',
      'NET-05 silent RegionVpc',
      'NET-07 unmet Use1Az1Data',
      'NET-07 unmet Use1Az1Inference',
      'NET-10 unmet Use1Az1Media',
    ],
  },
  {
    what: 'the route of edge nodes taken away',
    inject: (kit) => {
      const { ec2 } = kit.here;
      const route = {
        RouteTableId: kit.idOf('AWS::EC2::RouteTable', /Edge/),
        DestinationCidrBlock: '0.0.0.0/0',
      };
      const GatewayId = kit.idOf('AWS::EC2::InternetGateway');
      return done(ec2.send(new DeleteRouteCommand(route)), () =>
        ec2.send(new CreateRouteCommand({ ...route, GatewayId })),
      );
    },
    found: ['RegionVpcEdgeToInternet is gone'],
    minded: [],
  },
  {
    what: 'a subnet of models on the table of edge nodes',
    inject: async (kit) => {
      const { ec2 } = kit.here;
      const AssociationId = kit.idOf('AWS::EC2::SubnetRouteTableAssociation', /Inference/);
      await ec2.send(new DisassociateRouteTableCommand({ AssociationId }));
      return forGood(
        ec2.send(
          new AssociateRouteTableCommand({
            RouteTableId: kit.idOf('AWS::EC2::RouteTable', /Edge/),
            SubnetId: kit.idOf(SUBNET, /Inference/),
          }),
        ),
      );
    },
    found: ['Use1Az1Inference has AWS::EC2::SubnetRouteTableAssociation', 'Use1Az1InferenceRoutes is gone'],
    minded: [
      'INF-01 unmet LlmGpuFleetGroup',
      'INF-01 unmet SttGpuFleetGroup',
      'INF-01 unmet TtsGpuFleetGroup',
      'NET-07 unmet Use1Az1Inference',
    ],
  },
];

const STRAYS: readonly Drift[] = [
  {
    what: 'a NAT gateway that no template made',
    inject: async (kit) => {
      const { ec2 } = kit.here;
      const { NatGateway } = await ec2.send(
        new CreateNatGatewayCommand({ SubnetId: kit.idOf(SUBNET, /Edge/), ConnectivityType: 'private' }),
      );
      return () => ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: NatGateway?.NatGatewayId }));
    },
    found: ['RegionVpc has AWS::EC2::NatGateway'],
    minded: [],
  },
  {
    what: 'a second internet gateway',
    inject: async (kit) => {
      const { ec2 } = kit.here;
      const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
      const attached = { InternetGatewayId: InternetGateway?.InternetGatewayId, VpcId: vpcOf(kit) };
      return done(ec2.send(new AttachInternetGatewayCommand(attached)), async () => {
        await ec2.send(new DetachInternetGatewayCommand(attached));
        return ec2.send(new DeleteInternetGatewayCommand(attached));
      });
    },
    found: ['RegionVpc has AWS::EC2::InternetGateway'],
    minded: [],
  },
  {
    what: 'an endpoint that no template made',
    inject: async (kit) => {
      const { ec2, name } = kit.here;
      const { VpcEndpoint } = await ec2.send(
        new CreateVpcEndpointCommand({
          VpcId: vpcOf(kit),
          ServiceName: `com.amazonaws.${name}.sqs`,
          VpcEndpointType: 'Interface',
        }),
      );
      const VpcEndpointIds = [VpcEndpoint?.VpcEndpointId ?? ''];
      return () => ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds }));
    },
    found: ['RegionVpc has AWS::EC2::VPCEndpoint'],
    minded: [
      'NET-05 met AWS::EC2::VPCEndpoint',
      'NET-06 unmet AWS::EC2::VPCEndpoint',
      'PRV-06 met AWS::EC2::VPCEndpoint',
      'RES-14 met AWS::EC2::VPCEndpoint',
    ],
  },
];

const OPEN = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
});

const OTHERS: readonly Drift[] = [
  {
    what: 'an endpoint that lets everybody do everything',
    inject: (kit) => {
      const { ec2 } = kit.here;
      const VpcEndpointId = kit.idOf(ENDPOINT, /Kms/);
      return swapped(
        async () => {
          const { VpcEndpoints: [one] = [] } = await ec2.send(
            new DescribeVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId] }),
          );
          return one?.PolicyDocument;
        },
        (PolicyDocument) => ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, PolicyDocument })),
        () => OPEN,
      );
    },
    found: ['InterfaceEndpointsKms.PolicyDocument'],
    minded: ['NET-06 unmet InterfaceEndpointsKms'],
  },
  {
    what: 'a subnet of models that gives public addresses',
    inject: (kit) =>
      toggled(
        (Value: boolean) =>
          kit.here.ec2.send(
            new ModifySubnetAttributeCommand({
              SubnetId: kit.idOf(SUBNET, /Inference/),
              MapPublicIpOnLaunch: { Value },
            }),
          ),
        true,
        false,
      ),
    found: ['Use1Az1Inference.MapPublicIpOnLaunch'],
    minded: [],
  },
  {
    what: 'a subnet that says that it is of another cell',
    inject: (kit) =>
      toggled(
        (Value: string) =>
          kit.here.ec2.send(
            new CreateTagsCommand({
              Resources: [kit.idOf(SUBNET, /Inference/)],
              Tags: [{ Key: 'voicecell:cell', Value }],
            }),
          ),
        'use1-az6',
        'use1-az1',
      ),
    found: ['Use1Az1Inference.Tags'],
    minded: [],
  },
  {
    what: 'names that no longer resolve in the VPC',
    inject: (kit) =>
      toggled(
        (Value: boolean) =>
          kit.here.ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpcOf(kit), EnableDnsHostnames: { Value } })),
        false,
        true,
      ),
    found: ['RegionVpc.EnableDnsHostnames'],
    minded: [],
  },
  {
    what: 'an endpoint deleted',
    inject: (kit) =>
      forGood(
        kit.here.ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [kit.idOf(ENDPOINT, /Secretsmanager/)] })),
      ),
    found: ['InterfaceEndpointsSecretsmanager is gone'],
    minded: ['NET-05 unmet RegionVpc'],
  },
  {
    what: 'flow logs deleted',
    inject: (kit) =>
      forGood(kit.here.ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: [kit.idOf('AWS::EC2::FlowLog')] }))),
    found: ['FlowLogsFlowLog is gone'],
    minded: ['AUD-04 unmet RegionVpc'],
  },
  {
    what: 'an address released',
    inject: async (kit) => {
      const { ec2 } = kit.here;
      const PublicIps = [kit.idOf('AWS::EC2::EIP')];
      const { Addresses: [one] = [] } = await ec2.send(new DescribeAddressesCommand({ PublicIps }));
      return forGood(ec2.send(new ReleaseAddressCommand({ AllocationId: one?.AllocationId })));
    },
    found: ['Use1Az1EdgePoolAddress1 is gone'],
    minded: [],
  },
];

export const DRIFTS_OF_NETWORKS: readonly Drift[] = [...GROUPS, ...ROUTES, ...STRAYS, ...OTHERS];
