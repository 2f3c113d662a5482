import { between, chance, oneOf, optional, scaled, type Draw } from './draw';
import { instanceType } from '../../../regions/catalog';
import {
  INFERENCE_TIERS,
  type InferenceServiceConfig,
  type InferenceTier,
  type RegionConfig,
} from '../../../regions/config/schema';
import { containers, type ContainersInput } from './containers';
import { roomOf } from './network';
import type { Site, Seat } from './sites';
import { chars } from './words';

export interface Load {
  /** Concurrent calls of one cell at most. */
  readonly calls: number;
  readonly cells: number;
  readonly vpcCidr: string;
}

/** Calls one node has RTP ports for: 22,768 ports, four or two a call, half as many again as slack. */
const PORT_LIMIT = { edge: 3794, media: 7589 } as const;
const ELASTIC_IPS = 200;

/** Calls a node, drawn so that twice the nodes they need find addresses. */
function callsPerNode(g: Draw, calls: number, limit: number, addresses: number): number {
  const least = Math.ceil(calls / Math.floor(addresses / 2));
  return oneOf(g, [least, limit, scaled(g, least, limit)]);
}

export function edge(g: Draw, site: Site, { calls, cells, vpcCidr }: Load): RegionConfig['edge'] {
  const addresses = Math.min(roomOf(vpcCidr).edge, Math.floor(ELASTIC_IPS / cells));
  return {
    instanceType: oneOf(g, site.edgeTypes),
    callsPerNode: callsPerNode(g, calls, PORT_LIMIT.edge, addresses),
  };
}

export function media(
  g: Draw,
  site: Site,
  { calls, vpcCidr }: Load,
  input: Omit<ContainersInput, 'memoryMiB'> & { readonly kind: RegionConfig['media']['kind'] },
): RegionConfig['media'] {
  const { kind, ...rest } = input;
  const fleet = {
    kind,
    instanceType: oneOf(g, site.mediaTypes),
    callsPerNode: callsPerNode(g, calls, PORT_LIMIT.media, roomOf(vpcCidr).media),
  };
  const memoryMiB = (instanceType(fleet.instanceType)?.memMiB ?? 0) - 1280;
  return kind === 'custom' ? { ...fleet, containers: containers(g, { ...rest, memoryMiB }) } : fleet;
}

/** The three tiers share a subnet, in which every task and every instance takes an address. */
export function inference(g: Draw, site: Site, load: Load): RegionConfig['inference'] {
  const tasks = Math.floor(roomOf(load.vpcCidr).inference / INFERENCE_TIERS.length / 2);
  const service = (tier: InferenceTier) => inferenceService(g, oneOf(g, site.seats[tier]), load.calls, tasks);
  return { stt: service('stt'), llm: service('llm'), tts: service('tts') };
}

const MODELS = [
  'Qwen/Qwen3-8B-FP8',
  'Systran/faster-whisper-large-v3',
  'hexgrad/Kokoro-82M',
  'a/b.c_d-1.5',
  '01-ai/Yi',
];
const IMAGES = [
  'vllm/vllm-openai:v0.24.0-cu129',
  'ghcr.io/speaches-ai/speaches:0.9.0-rc.3-cuda-12.6.3',
  'ghcr.io/remsky/kokoro-fastapi-gpu:v0.3.0',
  'registry.example.com:5000/team/server:2026-11',
];

function inferenceService(g: Draw, seat: Seat, calls: number, mostTasks: number): InferenceServiceConfig {
  const least = Math.ceil(calls / mostTasks);
  return {
    ...seat,
    image: oneOf(g, IMAGES),
    model: { repository: oneOf(g, MODELS), revision: chars(g, '0123456789abcdef', 4).repeat(10) },
    callsPerReplica: oneOf(g, [least, scaled(g, least, 100_000)]),
    ...optional(g, 'replicas', () => between(g, 1, mostTasks)),
    ...optional(g, 'args', () => ['--max-model-len=16384', '--max-num-seqs', '64']),
    ...optional(g, 'capacityReservation', () => oneOf(g, ['none', 'create'] as const)),
    ...optional(g, 'placementGroup', () => oneOf(g, ['none', 'cluster'] as const)),
    ...(seat.engine === 'custom' ? { custom: customBlock(g) } : {}),
  };
}

const customBlock = (g: Draw): NonNullable<InferenceServiceConfig['custom']> => ({
  command: ['python', '-m', 'server', ...(chance(g) ? ['--workers=2'] : [])],
  port: oneOf(g, [1, 80, 8000, 65_535]),
  healthPath: oneOf(g, ['/', '/health', '/v1/health?deep=1']),
  ...optional(g, 'env', () => ({ MODE: 'fast', WORKERS: '2' })),
  ...optional(g, 'healthCommand', () => ['healthz']),
  ...optional(g, 'user', () => oneOf(g, ['1000:0', '2000:2000'])),
});
