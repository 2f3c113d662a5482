import { CfnSecurityGroup, CfnSecurityGroupEgress, CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { type Carrier, PORTS, portsOpenToEdge } from '../../../media/contract';
import type { CellPlan } from '../../../regions/plan/cell-types';
import type { RegionPlan } from '../../../regions/plan/types';
import type { InferenceTier } from '../../../regions/config/schema';
import { type Tier, tag } from '../../tags';
import type { RegionNetwork } from '../network/region-network';
import type { CellSecurityGroups } from './cell-context';
import { once, queueEgress, queueIngress } from './queue-rules';

export interface SecurityGroupsProps {
  readonly plan: RegionPlan;
  readonly cell: CellPlan;
  readonly network: RegionNetwork;
}

interface Flow {
  readonly protocol: 'tcp' | 'udp';
  readonly from: number;
  readonly to: number;
  /** Letters, digits and dashes; part of the construct id. */
  readonly what: string;
}

/** Who may talk to whom in a cell. What is not written here is refused. */
export class SecurityGroups extends Construct implements CellSecurityGroups {
  readonly edge: string;
  readonly media: string;
  readonly inference: Readonly<Record<InferenceTier, string>>;
  private readonly props: SecurityGroupsProps;

  constructor(scope: Construct, id: string, props: SecurityGroupsProps) {
    super(scope, id);
    this.props = props;
    const { plan, cell, network } = props;
    const dynamodb = prefixList(network.prefixListIds.dynamodb, 'DynamoDB');
    this.edge = this.group('Edge', 'edge', once(plan.sip.carriers.flatMap(carrierIngress(cell))), [
      ...once(plan.sip.carriers.flatMap(carrierEgress)),
      ...(cell.proxyService === undefined ? [] : [OUTSIDE]),
    ]);
    this.media = this.group('Media', 'media', queueIngress(plan, cell), [dynamodb, ...queueEgress(plan)]);
    this.inference = {
      stt: this.group('Stt', 'stt', [], []),
      llm: this.group('Llm', 'llm', [], []),
      tts: this.group('Tts', 'tts', [], []),
    };
    this.connectEdgeAndMedia();
    this.connectMediaToInference();
    this.connectMediaToProxy();
  }

  /**
   * Rules to addresses, endpoints and prefix lists stand in the group itself: with one of them present EC2 leaves out
   * its allow-all egress. Rules between the cell's own groups are resources, because they refer to each other.
   */
  private group(
    id: string,
    tier: Tier,
    ingress: CfnSecurityGroup.IngressProperty[],
    egress: CfnSecurityGroup.EgressProperty[],
  ): string {
    const { cell, network } = this.props;
    const group = new CfnSecurityGroup(this, id, {
      groupDescription: `${tier} nodes of ${cell.name}`,
      vpcId: network.vpcId,
      securityGroupIngress: ingress,
      securityGroupEgress: [endpoints(network), prefixList(network.prefixListIds.s3, 'S3'), ...egress],
    });
    tag(group, { cell: cell.azId, tier });
    return group.attrGroupId;
  }

  private connectEdgeAndMedia(): void {
    const { edge, media } = this.props.cell;
    for (const { name, protocol, from, to } of portsOpenToEdge(media.containers))
      this.allow('EdgeToMedia', this.edge, this.media, { protocol, from, to, what: name });
    this.allow('EdgeToMedia', this.edge, this.media, { protocol: 'udp', ...media.rtpPorts, what: 'rtp' });
    this.allow('MediaToEdge', this.media, this.edge, { protocol: 'udp', ...edge.rtpPorts, what: 'rtp' });
    const inner = { from: PORTS.sipInner, to: PORTS.sipInner, what: 'sip' };
    this.allow('MediaToEdge', this.media, this.edge, { protocol: 'udp', ...inner });
  }

  private connectMediaToInference(): void {
    for (const { tier, port } of this.props.cell.inference)
      this.allow('MediaTo', this.media, this.inference[tier], { protocol: 'tcp', from: port, to: port, what: tier });
  }

  private connectMediaToProxy(): void {
    if (this.props.cell.proxyService === undefined) return;
    const proxy = { from: PORTS.proxy, to: PORTS.proxy, what: 'proxy' };
    this.allow('MediaToEdge', this.media, this.edge, { protocol: 'tcp', ...proxy });
  }

  private allow(id: string, source: string, destination: string, { protocol, from, to, what }: Flow): void {
    const rule = { ipProtocol: protocol, fromPort: from, toPort: to, description: `${what} inside the cell` };
    const name = `${id}${what}${protocol}${from}`;
    new CfnSecurityGroupIngress(this, `${name}In`, { ...rule, groupId: destination, sourceSecurityGroupId: source });
    new CfnSecurityGroupEgress(this, `${name}Out`, {
      ...rule,
      groupId: source,
      destinationSecurityGroupId: destination,
    });
  }
}

const SIP_PORT: Record<Carrier['transport'], { ipProtocol: 'tcp' | 'udp'; fromPort: number; toPort: number }> = {
  tls: { ipProtocol: 'tcp', fromPort: PORTS.sipTls, toPort: PORTS.sipTls },
  tcp: { ipProtocol: 'tcp', fromPort: PORTS.sip, toPort: PORTS.sip },
  udp: { ipProtocol: 'udp', fromPort: PORTS.sip, toPort: PORTS.sip },
};

/** SIP from the carrier's signalling addresses on its one transport, RTP from its media addresses. */
const carrierIngress =
  (cell: CellPlan) =>
  (carrier: Carrier): CfnSecurityGroup.IngressProperty[] => [
    ...carrier.signallingCidrs.map((cidrIp) => ({
      cidrIp,
      ...SIP_PORT[carrier.transport],
      description: `SIP from ${carrier.name}`,
    })),
    ...carrier.mediaCidrs.map((cidrIp) => ({
      cidrIp,
      ipProtocol: 'udp',
      fromPort: cell.edge.rtpPorts.from,
      toPort: cell.edge.rtpPorts.to,
      description: `RTP from ${carrier.name}`,
    })),
  ];

/** Only the carrier knows its RTP ports: any unprivileged one at its media addresses. */
const carrierEgress = (carrier: Carrier): CfnSecurityGroup.EgressProperty[] => [
  ...carrier.signallingCidrs.map((cidrIp) => ({
    cidrIp,
    ...SIP_PORT[carrier.transport],
    description: `SIP to ${carrier.name}`,
  })),
  ...carrier.mediaCidrs.map((cidrIp) => ({
    cidrIp,
    ipProtocol: 'udp',
    fromPort: 1024,
    toPort: 65535,
    description: `RTP to ${carrier.name}`,
  })),
];

const HTTPS = { ipProtocol: 'tcp', fromPort: 443, toPort: 443 };

/** Addresses of declared hosts change and nobody publishes them: which hosts, the proxy decides. */
const OUTSIDE: CfnSecurityGroup.EgressProperty = {
  ...HTTPS,
  cidrIp: '0.0.0.0/0',
  description: 'HTTPS to declared hosts, by the allow-list of the proxy',
};

const endpoints = (network: RegionNetwork): CfnSecurityGroup.EgressProperty => ({
  ...HTTPS,
  destinationSecurityGroupId: network.endpointSecurityGroupId,
  description: 'AWS services by interface endpoint',
});

const prefixList = (destinationPrefixListId: string, service: string): CfnSecurityGroup.EgressProperty => ({
  ...HTTPS,
  destinationPrefixListId,
  description: `${service} by gateway endpoint`,
});
