import {
  paginateDescribeInstances,
  paginateDescribeNatGateways,
  paginateDescribeVpcPeeringConnections,
  type InternetGateway,
  type NatGateway,
  type VpcEndpoint,
  type VpcPeeringConnection,
} from '@aws-sdk/client-ec2';
import type { Answer } from '../../../../../../aws/answer';
import type { Beside } from '../../../reading';
import { everyPage } from '../../data/shapes';
import { endpointProperties } from './endpoint';
import { publicInstance, type Instance } from './instance';
import type { Network } from './network';

export const STRAY_ACTIONS = [
  'ec2:DescribeInstances',
  'ec2:DescribeInternetGateways',
  'ec2:DescribeNatGateways',
  'ec2:DescribeVpcEndpoints',
  'ec2:DescribeVpcPeeringConnections',
];

/** What somebody put into a VPC of a deployment by which traffic may leave it. */
export interface Strays {
  readonly answers: readonly Answer<unknown>[];
  beside(vpc: string): readonly Beside[];
}

export async function straysOf(network: Network): Promise<Strays> {
  const [gateways, nats, peerings, endpoints, instances] = await Promise.all([
    network.gateways(),
    natsOf(network),
    peeringsOf(network),
    network.endpoints(),
    instancesOf(network),
  ]);
  return {
    answers: [gateways, nats, peerings, endpoints, instances],
    beside: (vpc) =>
      [
        ...each(gateways, (one) => gatewayIn(vpc, one)),
        ...each(nats, (one) => natIn(vpc, one)),
        ...each(peerings, (one) => peeringOf(vpc, one)),
        ...each(endpoints, (one) => endpointIn(vpc, one)),
        ...each(instances, (one) => publicInstance(vpc, one, network.region)),
      ].filter(({ id }) => !network.isMade(id)),
  };
}

const each = <T>(answer: Answer<readonly T[]>, of: (one: T) => Beside | undefined): Beside[] =>
  answer.known ? answer.value.flatMap((one) => of(one) ?? []) : [];

const natsOf = ({ ec2: client, region, vpcs }: Network) => {
  const Filter = [
    { Name: 'vpc-id', Values: [...vpcs] },
    { Name: 'state', Values: ['pending', 'available'] },
  ];
  return region.ask('ec2:DescribeNatGateways', (abortSignal) =>
    everyPage(paginateDescribeNatGateways({ client }, { Filter }, { abortSignal }), ({ NatGateways }) => NatGateways),
  );
};

/** A VPC is at either end, for which there are two filters and no `or`. */
const peeringsOf = ({ ec2: client, region }: Network) => {
  const Filters = [{ Name: 'status-code', Values: ['pending-acceptance', 'provisioning', 'active'] }];
  return region.ask('ec2:DescribeVpcPeeringConnections', (abortSignal) =>
    everyPage(
      paginateDescribeVpcPeeringConnections({ client }, { Filters }, { abortSignal }),
      ({ VpcPeeringConnections }) => VpcPeeringConnections,
    ),
  );
};

const instancesOf = ({ ec2: client, region, vpcs }: Network) => {
  const Filters = [
    { Name: 'vpc-id', Values: [...vpcs] },
    { Name: 'instance-state-name', Values: ['pending', 'running'] },
  ];
  return region.ask('ec2:DescribeInstances', (abortSignal) =>
    everyPage(paginateDescribeInstances({ client }, { Filters }, { abortSignal }), ({ Reservations = [] }) =>
      Reservations.flatMap(({ Instances = [] }): Instance[] => Instances),
    ),
  );
};

function gatewayIn(vpc: string, { InternetGatewayId: id = '', Attachments = [] }: InternetGateway): Beside | undefined {
  const isAttached = Attachments.some(({ VpcId }) => VpcId === vpc);
  return isAttached ? { type: 'AWS::EC2::InternetGateway', id, properties: {} } : undefined;
}

function natIn(vpc: string, { NatGatewayId: id = '', VpcId, SubnetId, ConnectivityType }: NatGateway) {
  return VpcId === vpc
    ? { type: 'AWS::EC2::NatGateway', id, properties: { ConnectivityType, SubnetId, VpcId } }
    : undefined;
}

function peeringOf(
  vpc: string,
  { VpcPeeringConnectionId: id = '', ...ends }: VpcPeeringConnection,
): Beside | undefined {
  const { RequesterVpcInfo: requester, AccepterVpcInfo: accepter } = ends;
  const peer = requester?.VpcId === vpc ? accepter : requester;
  if (requester?.VpcId !== vpc && accepter?.VpcId !== vpc) return undefined;
  const { OwnerId: PeerOwnerId, Region: PeerRegion, VpcId: PeerVpcId } = peer ?? {};
  return { type: 'AWS::EC2::VPCPeeringConnection', id, properties: { PeerOwnerId, PeerRegion, PeerVpcId, VpcId: vpc } };
}

const endpointIn = (vpc: string, endpoint: VpcEndpoint): Beside | undefined =>
  endpoint.VpcId === vpc
    ? { type: 'AWS::EC2::VPCEndpoint', id: endpoint.VpcEndpointId ?? '', properties: endpointProperties(endpoint) }
    : undefined;
