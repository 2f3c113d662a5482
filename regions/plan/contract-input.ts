import type { EdgeInput, MediaInput, Place, VaultInput } from '../../media/contract/input';
import { rtpPorts, surgeOf, unitsFor } from '../capacity/sizing';
import { INFERENCE_TIERS, type InferenceTier } from '../config/schema';
import { engineFor } from '../engines';
import { inFailoverOrder } from './carriers';
import type { CellInput } from './cell-input';
import { engineContext } from './inference';
import { subnetsOfCell } from './subnets';

/** Name in the cell's namespace under which edge nodes list their proxies. */
export const PROXY_SERVICE = 'proxy';

/** A name in it resolves to one cell only, so a hop that uses it cannot leave the cell. */
export const namespaceOf = ({ azId, config }: CellInput): string => `${azId}.${config.deployment}.voicecell.internal`;

export const placeOf = (input: CellInput): Place => ({
  deployment: input.config.deployment,
  region: input.name,
  cell: input.azId,
  cluster: `${input.names.prefix}-${input.azId}`,
  namespace: namespaceOf(input),
});

export const edgeInput = (input: CellInput): EdgeInput => ({
  place: placeOf(input),
  maxCallMinutes: input.maxCallMinutes,
  rtpPorts: rtpPorts('edge', input.region.edge.callsPerNode),
  sipHostname: input.region.sip.hostname,
  certificateSecretArn: input.region.sip.certificateSecretArn,
  carriers: inFailoverOrder(input.region.carriers),
  edgeNodes: mostEdgeNodes(input),
  fallbackNumber: input.region.fallbackNumber,
  mediaService: 'media',
  outsideHosts: input.region.outsideHosts ?? [],
  mediaCidr: subnetsOfCell(input.region.vpcCidr, input.azId).media,
});

export const mediaInput = (input: CellInput): MediaInput => ({
  place: placeOf(input),
  maxCallMinutes: input.maxCallMinutes,
  callsPerNode: input.region.media.callsPerNode,
  rtpPorts: rtpPorts('media', input.region.media.callsPerNode),
  numbers: input.region.numbers,
  queues: input.region.queues,
  queueCidrs: input.region.queueNetwork?.signallingCidrs ?? [],
  ...((input.region.outsideHosts ?? []).length > 0 && { toolProxy: `${PROXY_SERVICE}.${namespaceOf(input)}` }),
  edgeCidr: subnetsOfCell(input.region.vpcCidr, input.azId).edge,
  fallbackNumber: input.region.fallbackNumber,
  consent: input.config.consent,
  aiDisclosure: input.config.aiDisclosure,
  ...(input.config.cardData ? { cardData: input.config.cardData } : {}),
  inference: perTier((tier) => urlOf(input, tier)),
  models: perTier((tier) => input.region.inference[tier].model.repository),
  vault: {
    recordings: vaultOf(input, 'recording'),
    transcripts: vaultOf(input, 'transcript'),
    ledgerTable: input.names.ledgerTable,
    numberKeySecret: input.names.numberKeySecret,
    writerRoleArn: `arn:${input.partition}:iam::${input.config.account}:role/${input.names.roles.writer}`,
  },
});

/** Of all cells, while each is being replaced. */
const mostEdgeNodes = ({ calls, cells, region }: CellInput): number => {
  const { max } = unitsFor(calls, region.edge.callsPerNode);
  return cells * (max + surgeOf(max));
};

function vaultOf({ names, retention }: CellInput, dataClass: 'recording' | 'transcript'): VaultInput {
  const { days, lockMode = 'GOVERNANCE', clock } = retention[dataClass];
  return { bucket: names.buckets[`${dataClass}s`], days, lockMode, clock };
}

const urlOf = (input: CellInput, tier: InferenceTier): string =>
  `http://${tier}.${namespaceOf(input)}:${engineFor(input.region.inference[tier], engineContext(input, tier)).port}`;

const perTier = (valueOf: (tier: InferenceTier) => string): Record<InferenceTier, string> =>
  Object.fromEntries(INFERENCE_TIERS.map((tier) => [tier, valueOf(tier)])) as Record<InferenceTier, string>;
