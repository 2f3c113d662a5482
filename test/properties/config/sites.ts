import { instanceType, JURISDICTIONS, offers, regionFacts, type InstanceType } from '../../../regions/catalog';
import { INFERENCE_TIERS, type InferenceServiceConfig, type InferenceTier } from '../../../regions/config/schema';
import { INSTANCE_TYPES } from '../../../regions/catalog/instance-types';
import { engineFor, LOADER_MEMORY_MIB } from '../../../regions/engines';
import { inferenceService } from '../../support/config';

type EngineName = InferenceServiceConfig['engine'];

/** An engine on a type: how many GPUs each of its tasks takes. */
export interface Seat {
  readonly engine: EngineName;
  readonly instanceType: string;
  readonly gpus: number;
}

/** Cells that stand together, and what they are all offered. */
export interface Site {
  readonly region: string;
  readonly azIds: readonly string[];
  readonly edgeTypes: readonly string[];
  readonly mediaTypes: readonly string[];
  readonly seats: Readonly<Record<InferenceTier, readonly Seat[]>>;
}

const ENGINES: Readonly<Record<InferenceTier, readonly EngineName[]>> = {
  stt: ['vllm', 'speaches', 'custom'],
  llm: ['vllm', 'custom'],
  tts: ['speaches', 'kokoro', 'custom'],
};

/** What the kit's containers and the node itself take, MiB. */
const EDGE_MIB = 768 + 1024 + 384 + 256 + 1280;
const MEDIA_MIB = 2048 + 4096 + 1024 + 1280;
const GPU_NODE_MIB = 2048;

const carriesCalls = (name: string, { gpu, arch }: InstanceType): boolean =>
  !gpu && arch === 'x86_64' && !/^t\d/.test(name);

const SPECS = [...INSTANCE_TYPES];

const callTypes = (leastMiB: number): string[] =>
  SPECS.filter(([name, spec]) => carriesCalls(name, spec) && spec.memMiB >= leastMiB).map(([name]) => name);

const EDGE_TYPES = callTypes(EDGE_MIB);
const MEDIA_TYPES = callTypes(MEDIA_MIB);

function memoryOf(engine: EngineName, gpus: number): number {
  const custom = { command: ['serve'], port: 9000, healthPath: '/' };
  const service = inferenceService({ engine, gpus, ...(engine === 'custom' ? { custom } : {}) });
  const { memoryMiB, weights } = engineFor(service, { weightsBucket: '', weightsPrefix: '', region: '' });
  return memoryMiB + (weights === 'staged' ? LOADER_MEMORY_MIB : 0);
}

function fits({ engine, instanceType: name, gpus }: Seat): boolean {
  const spec = instanceType(name);
  const tasks = Math.floor((spec?.gpu?.count ?? 0) / gpus);
  return tasks > 0 && tasks * memoryOf(engine, gpus) <= (spec?.memMiB ?? 0) - GPU_NODE_MIB;
}

const GPU_TYPES = SPECS.filter(([, { gpu, arch }]) => gpu?.manufacturer === 'NVIDIA' && arch === 'x86_64');

const seatsOf = (tier: InferenceTier): Seat[] =>
  ENGINES[tier].flatMap((engine) =>
    GPU_TYPES.flatMap(([name]) => [1, 2, 4, 8].map((gpus) => ({ engine, instanceType: name, gpus }))).filter(fits),
  );

const SEATS = { stt: seatsOf('stt'), llm: seatsOf('llm'), tts: seatsOf('tts') };

function siteOf(region: string, azIds: readonly string[]): Site {
  const offered = (type: string): boolean => azIds.every((azId) => offers(azId, type));
  const seats = (tier: InferenceTier): Seat[] => SEATS[tier].filter((seat) => offered(seat.instanceType));
  return {
    region,
    azIds,
    edgeTypes: EDGE_TYPES.filter(offered),
    mediaTypes: MEDIA_TYPES.filter(offered),
    seats: { stt: seats('stt'), llm: seats('llm'), tts: seats('tts') },
  };
}

const subsets = <T>(values: readonly T[]): T[][] =>
  values.reduce<T[][]>((sets, value) => sets.concat(sets.map((set) => set.concat([value]))), [[]]);

const canHoldCells = ({ edgeTypes, mediaTypes, seats }: Site): boolean =>
  edgeTypes.length > 0 && mediaTypes.length > 0 && INFERENCE_TIERS.every((tier) => seats[tier].length > 0);

const sitesOf = (region: string): Site[] =>
  subsets([...(regionFacts(region)?.azIds.keys() ?? [])])
    .filter((azIds) => azIds.length >= 1 && azIds.length <= 4)
    .map((azIds) => siteOf(region, azIds))
    .filter(canHoldCells);

/** Every choice of cells that the catalogue admits, by jurisdiction and region; regions without any are left out. */
export const SITES: Readonly<Record<string, readonly (readonly Site[])[]>> = Object.fromEntries(
  Object.entries(JURISDICTIONS)
    .map(([key, { regions }]) => [key, regions.map(sitesOf).filter((sites) => sites.length > 0)] as const)
    .filter(([, regions]) => regions.length > 0),
);
