import type { CellPlan } from '../../../regions/plan/cell-types';
import { inEachCell, unless, type Invariant } from './invariant';

interface Span {
  readonly from: number;
  /** Excluded. */
  readonly to: number;
}

function spanOf(cidr: string): Span {
  const [address = '', prefix = ''] = cidr.split('/');
  const from = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return { from, to: from + 2 ** (32 - Number(prefix)) };
}

export const subnetsAreDisjointAndInside: Invariant = ({ plan }) => {
  const vpc = spanOf(plan.network.vpcCidr);
  const subnets = plan.cells.flatMap(({ azId, subnets: own }) =>
    Object.entries(own).map(([kind, cidr]) => ({ name: `${azId} ${kind} ${cidr}`, ...spanOf(cidr) })),
  );
  const ordered = subnets.toSorted((a, b) => a.from - b.from);
  return ordered.flatMap(({ name, from, to }, index) =>
    unless(from >= (ordered[index - 1]?.to ?? vpc.from) && to <= vpc.to, name),
  );
};

/** AWS keeps five addresses of a subnet. */
const roomIn = (cidr: string): number => spanOf(cidr).to - spanOf(cidr).from - 5;

const needs = ({ edge, media, inference }: CellPlan) => ({
  edge: edge.nodes.max + edge.surge,
  media: media.nodes.max + media.surge,
  inference: inference.reduce((sum, { tasks, instances }) => sum + tasks.max + instances.max, 0),
});

export const subnetsHoldTheirNodes = inEachCell((cell, { plan }) => [
  ...Object.entries(needs(cell)).flatMap(([kind, needed]) => {
    const room = roomIn(cell.subnets[kind as keyof ReturnType<typeof needs>]);
    return unless(needed <= room, `${kind} needs ${needed} of ${room}`);
  }),
  ...unless(plan.network.interfaceEndpoints.length <= roomIn(cell.subnets.data), 'endpoints'),
]);

export const poolsCoverEveryEdgeNode: Invariant = ({ plan }) => [
  ...plan.cells.flatMap(({ azId, elasticIps, edge }) =>
    unless(elasticIps >= edge.nodes.max + edge.surge, `pool of ${azId}`),
  ),
  ...unless(plan.cells.reduce((sum, { elasticIps }) => sum + elasticIps, 0) <= 200, 'more than a stack can hold'),
];

/** RTP and RTCP of one leg on a media node, of two on an edge node; the kernel gives out ports from 32768. */
export const rtpIsBoundedAndSuffices = inEachCell(({ edge, media }) =>
  (
    [
      [edge, 4],
      [media, 2],
    ] as const
  ).flatMap(
    ([
      {
        tier,
        callsPerNode,
        rtpPorts: { from, to },
      },
      perCall,
    ]) => [
      ...unless(from >= 1024 && from % 2 === 0 && to % 2 === 1 && to < 32_768, `${tier} ${from}-${to}`),
      ...unless(
        to - from + 1 >= callsPerNode * perCall * 1.5,
        `${tier} has ${to - from + 1} for ${callsPerNode} calls`,
      ),
    ],
  ),
);

/** Nothing but the edge hears the world, and the edge hears only whom the file declares. */
export const sipComesFromDeclaredCarriers: Invariant = ({ plan, region }) => {
  const cidrs = (
    carriers: readonly { readonly signallingCidrs: readonly string[]; readonly mediaCidrs: readonly string[] }[],
  ) =>
    carriers
      .map(({ signallingCidrs, mediaCidrs }) => JSON.stringify([signallingCidrs, mediaCidrs]))
      .toSorted()
      .join();
  const told = plan.cells.map(
    ({ edge }) => JSON.parse(edge.containers[0]?.env?.['CARRIERS'] ?? '[]') as typeof plan.sip.carriers,
  );
  return [plan.sip.carriers, ...told].flatMap((carriers) =>
    unless(cidrs(carriers) === cidrs(region.carriers), `${cidrs(carriers)} instead of ${cidrs(region.carriers)}`),
  );
};
