import type { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { PORTS, type Queue } from '../../../media/contract';
import type { CellPlan } from '../../../regions/plan/cell-types';
import type { RegionPlan } from '../../../regions/plan/types';

type Rule = CfnSecurityGroup.IngressProperty | CfnSecurityGroup.EgressProperty;

/** EC2 refuses a rule that is there already, whatever its description: two trunks may share addresses. */
export function once<R extends Rule>(rules: readonly R[]): R[] {
  const seen = new Map<string, R>();
  for (const rule of rules) {
    const key = [rule.cidrIp, rule.ipProtocol, rule.fromPort, rule.toPort].join(' ');
    if (!seen.has(key)) seen.set(key, rule);
  }
  return [...seen.values()];
}

/** What goes on in a bridged call may come from the queue too: to hang up, to hold. */
export function queueIngress({ sip, network }: RegionPlan, cell: CellPlan): CfnSecurityGroup.IngressProperty[] {
  const { signallingCidrs = [], mediaCidrs = [] } = network.queueNetwork ?? {};
  return once([
    ...transportsOf(sip.queues).flatMap((ipProtocol) =>
      signallingCidrs.map((cidrIp) => ({ cidrIp, ipProtocol, ...SIP, description: 'SIP from bridged queues' })),
    ),
    ...mediaCidrs.map((cidrIp) => ({
      cidrIp,
      ipProtocol: 'udp',
      fromPort: cell.media.rtpPorts.from,
      toPort: cell.media.rtpPorts.to,
      description: 'RTP from bridged queues',
    })),
  ]);
}

export function queueEgress({ sip, network }: RegionPlan): CfnSecurityGroup.EgressProperty[] {
  const { signallingCidrs = [], mediaCidrs = [] } = network.queueNetwork ?? {};
  const called = sip.queues.filter(({ how }) => how === 'bridge').map(({ uri }) => portOf(uri));
  return once([
    ...called.flatMap((port) =>
      signallingCidrs.map((cidrIp) => ({ cidrIp, ...port, description: 'SIP to bridged queues' })),
    ),
    ...mediaCidrs.map((cidrIp) => ({
      cidrIp,
      ipProtocol: 'udp',
      fromPort: 1024,
      toPort: 65535,
      description: 'RTP to bridged queues',
    })),
  ]);
}

const SIP = { fromPort: PORTS.sip, toPort: PORTS.sip };

const transportsOf = (queues: readonly Queue[]): string[] => [
  ...new Set(queues.filter(({ how }) => how === 'bridge').map(({ uri }) => portOf(uri).ipProtocol)),
];

/** Where a SIP URI is called: UDP and 5060 unless it says otherwise (RFC 3263, section 4). */
function portOf(uri: string): { ipProtocol: string; fromPort: number; toPort: number } {
  const [, port = '5060', ipProtocol = 'udp'] = /@[^:;]+(?::(\d+))?(?:;transport=(\w+))?$/.exec(uri) ?? [];
  return { ipProtocol, fromPort: Number(port), toPort: Number(port) };
}
