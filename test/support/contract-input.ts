import type { EdgeInput, MediaInput, Place } from '../../media/contract';
import type { CellPlan } from '../../regions/plan/cell-types';
import type { RegionPlan } from '../../regions/plan/types';
import { edgeContainers, mediaContainers } from '../../media/contract';
import { regionPlan } from './region-plan';

const place: Place = {
  deployment: 'demo',
  region: 'us-east-1',
  cell: 'use1-az4',
  cluster: 'demo-us-east-1-use1-az4',
  namespace: 'use1-az4.demo.voicecell.internal',
};

export const edgeInput = (): EdgeInput => ({
  place,
  maxCallMinutes: 120,
  rtpPorts: { from: 10000, to: 11199 },
  sipHostname: 'sip.use1.demo.example',
  certificateSecretArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:sip-certificate-AbCdEf',
  carriers: regionPlan().sip.carriers,
  edgeNodes: 1,
  fallbackNumber: '+12025550100',
  mediaService: 'media',
  outsideHosts: [],
  mediaCidr: '10.0.1.0/24',
});

export const mediaInput = (): MediaInput => ({
  place,
  maxCallMinutes: 120,
  callsPerNode: 40,
  rtpPorts: { from: 10000, to: 10119 },
  numbers: regionPlan().sip.numbers,
  queues: [],
  queueCidrs: [],
  edgeCidr: '10.0.0.0/24',
  fallbackNumber: '+12025550100',
  consent: { mode: 'notice', onRefusal: 'no-record' },
  aiDisclosure: 'always',
  inference: {
    stt: `http://stt.${place.namespace}:8000`,
    llm: `http://llm.${place.namespace}:8000`,
    tts: `http://tts.${place.namespace}:8000`,
  },
  models: { stt: 'example/stt-model', llm: 'example/llm-model', tts: 'example/tts-model' },
  vault: {
    recordings: {
      bucket: 'demo-us-east-1-recordings-123456789012',
      days: 2192,
      lockMode: 'COMPLIANCE',
      clock: 'creation',
    },
    transcripts: {
      bucket: 'demo-us-east-1-transcripts-123456789012',
      days: 2192,
      lockMode: 'COMPLIANCE',
      clock: 'creation',
    },
    ledgerTable: 'demo-us-east-1-ledger',
    numberKeySecret: 'demo-number-key',
    writerRoleArn: 'arn:aws:iam::123456789012:role/demo-us-east-1-writer',
  },
});

/** The plan of `regionPlan()` whose cells run the kit's own containers. */
export function planWithKitContainers(overrides: Partial<RegionPlan> = {}): RegionPlan {
  const plan = regionPlan(overrides);
  return { ...plan, cells: plan.cells.map(withKitContainers) };
}

const withKitContainers = (cell: CellPlan): CellPlan => ({
  ...cell,
  edge: { ...cell.edge, containers: edgeContainers(edgeInput()) },
  media: { ...cell.media, containers: mediaContainers(mediaInput()) },
});
