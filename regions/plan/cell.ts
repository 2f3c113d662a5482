import { edgeContainers } from '../../media/contract/edge';
import { mediaContainers } from '../../media/contract/media';
import type { ContainerContract } from '../../media/contract/schema';
import { rtpPorts, surgeOf, unitsFor } from '../capacity/sizing';
import { INFERENCE_TIERS } from '../config/schema';
import { amiFor } from '../lock';
import type { CellInput } from './cell-input';
import { edgeInput, mediaInput, namespaceOf, placeOf, PROXY_SERVICE } from './contract-input';
import { inferencePlan } from './inference';
import { subnetsOfCell } from './subnets';
import type { CellPlan, FleetPlan } from './cell-types';

/** Size of the spool in GiB: a day of every call a node can hold, recorded in stereo at 8 kHz and 16 bit (115 MB an hour). */
const SPOOL_GIB_PER_CALL = 2.6;

/** Every decision for one cell. */
export function planCell(input: CellInput): CellPlan {
  const { azId, region, names } = input;
  const edge = fleet(input, 'edge', edgeContainers(edgeInput(input)));
  const media = fleet(input, 'media', region.media.containers ?? mediaContainers(mediaInput(input)));
  return {
    azId,
    id: azId.split('-').map(capitalise).join(''),
    name: placeOf(input).cluster,
    subnets: subnetsOfCell(region.vpcCidr, azId),
    mediaTaskRole: `${names.prefix}-${azId}-media-task`,
    namespace: namespaceOf(input),
    calls: input.calls,
    edge,
    media: { ...media, spoolGiB: Math.max(20, Math.ceil(region.media.callsPerNode * SPOOL_GIB_PER_CALL)) },
    inference: INFERENCE_TIERS.map((tier) => inferencePlan(input, tier)),
    ...((region.outsideHosts ?? []).length > 0 && { proxyService: PROXY_SERVICE }),
    elasticIps: edge.nodes.max + edge.surge,
  };
}

function fleet(input: CellInput, tier: 'edge' | 'media', containers: readonly ContainerContract[]): FleetPlan {
  const { instanceType, callsPerNode } = input.region[tier];
  const nodes = unitsFor(input.calls, callsPerNode);
  return {
    tier,
    serviceName: tier,
    instanceType,
    amiId: amiFor(input.lock, input.name, 'cpu'),
    callsPerNode,
    nodes,
    surge: surgeOf(nodes.max),
    rtpPorts: rtpPorts(tier, callsPerNode),
    containers,
  };
}

const capitalise = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
