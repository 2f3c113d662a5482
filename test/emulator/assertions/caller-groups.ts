import { DescribeSecurityGroupsCommand, type SecurityGroup } from '@aws-sdk/client-ec2';
import { PORTS, portsOpenToEdge, type Carrier } from '../../../media/contract';
import type { Place } from './cell';
import { type Check, check, once, only, present } from './check';
import { flowsOf } from './flows';

export type Tier = 'edge' | 'media' | 'stt' | 'llm' | 'tts';

/** Who may reach a cell's nodes: carriers the edge, the edge the media nodes, media nodes the models; nobody else. */
export function callerGroupChecks(place: Place): Check[] {
  const { cell } = place;
  const id = new Map<Tier, () => Promise<SecurityGroup>>(TIERS.map((tier) => [tier, once(() => groupOf(tier, place))]));
  const group = (tier: Tier) => present(id.get(tier), `group of ${tier}`)();
  const reached = (tier: Tier, flows: (idOf: typeof idIn) => Promise<string[]>) =>
    check(`nodes of ${tier} in ${cell.azId}: who reaches them`, NOBODY, async () => {
      const found = flowsOf((await group(tier)).IpPermissions);
      const planned = await flows(idIn);
      return {
        unplanned: found.filter((one) => !planned.includes(one)),
        missing: planned.filter((one) => !found.includes(one)),
      };
    });
  const idIn = async (tier: Tier) => present((await group(tier)).GroupId, 'group id');
  return [
    reached('edge', async (idOf) => [...fromCarriers(place), ...mediaToEdge(place, await idOf('media'))]),
    reached('media', async (idOf) => edgeToMedia(place, await idOf('edge'))),
    ...cell.inference.map(({ tier, port }) =>
      reached(tier, async (idOf) => [`${await idOf('media')} tcp ${port}-${port}`]),
    ),
  ];
}

const TIERS: readonly Tier[] = ['edge', 'media', 'stt', 'llm', 'tts'];
const NOBODY = { unplanned: [], missing: [] };

export async function groupOf(tier: Tier, { cell, plan, region }: Place): Promise<SecurityGroup> {
  const tags = { 'voicecell:deployment': plan.deployment, 'voicecell:cell': cell.azId, 'voicecell:tier': tier };
  const Filters = Object.entries(tags).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] }));
  const { SecurityGroups } = await region.ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  return only(SecurityGroups, `security group of ${tier} in ${cell.azId}`);
}

const SIP: Readonly<Record<Carrier['transport'], string>> = {
  tls: `tcp ${PORTS.sipTls}-${PORTS.sipTls}`,
  tcp: `tcp ${PORTS.sip}-${PORTS.sip}`,
  udp: `udp ${PORTS.sip}-${PORTS.sip}`,
};

function fromCarriers({ plan, cell }: Place): string[] {
  const rtp = `udp ${cell.edge.rtpPorts.from}-${cell.edge.rtpPorts.to}`;
  const flows = plan.sip.carriers.flatMap(({ signallingCidrs, mediaCidrs, transport }) => [
    ...signallingCidrs.map((cidr) => `${cidr} ${SIP[transport]}`),
    ...mediaCidrs.map((cidr) => `${cidr} ${rtp}`),
  ]);
  return [...new Set(flows)];
}

const mediaToEdge = ({ cell }: Place, media: string): string[] => [
  `${media} udp ${cell.edge.rtpPorts.from}-${cell.edge.rtpPorts.to}`,
  `${media} udp ${PORTS.sipInner}-${PORTS.sipInner}`,
];

const edgeToMedia = ({ cell }: Place, edge: string): string[] => [
  ...portsOpenToEdge(cell.media.containers).map(({ protocol, from, to }) => `${edge} ${protocol} ${from}-${to}`),
  `${edge} udp ${cell.media.rtpPorts.from}-${cell.media.rtpPorts.to}`,
];
