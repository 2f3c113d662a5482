import { oneOf } from '../config/draw';
import { at, inRegion, put, wrong, type Mutation, type Path, type Place } from './mutation';

const US = { jurisdiction: 'US', regions: 1, mostRegions: 1 } as const;

const cells = (name: string, azIds: (place: Place) => string[], spot: Path, wishes = {}): Mutation => ({
  name,
  wishes,
  make: (config, place) => {
    put(config, inRegion(place, 'cells'), { azIds: azIds(place) });
    return { path: inRegion(place, 'cells', ...spot) };
  },
});

export const CELLS: readonly Mutation[] = [
  cells('one cell in production', () => ['use1-az4'], [], { purpose: 'production', ...US }),
  cells('a cell named twice', () => ['xyz1-az1', 'xyz1-az1'], ['azIds', 1]),
  cells('a cell of another region', () => ['xyz1-az1', 'xyz1-az2'], ['azIds', 0]),
  {
    name: 'an instance type that a cell does not offer',
    make: (config, place) => {
      put(config, inRegion(place, 'cells'), { count: 4 });
      put(config, inRegion(place, 'inference', 'llm', 'instanceType'), 'p6-b300.48xlarge');
      return { path: inRegion(place, 'cells', 'count') };
    },
  },
  {
    name: 'a named cell that does not offer an instance type',
    wishes: { jurisdiction: 'UK' },
    make: (config, place) => {
      put(config, inRegion(place, 'cells'), { azIds: ['euw2-az2', 'euw2-az1'] });
      put(config, inRegion(place, 'inference', 'llm', 'instanceType'), 'g5.2xlarge');
      return { path: inRegion(place, 'cells', 'azIds', 1) };
    },
  },
  wrong('a jurisdiction that nobody knows', ['jurisdiction'], 'MOON'),
  {
    name: 'a region outside the jurisdiction',
    make: (config, { config: { jurisdiction } }) => ({
      ...put(config, ['jurisdiction'], jurisdiction === 'EU' ? 'US' : 'EU'),
      path: ['regions', Object.keys(config['regions'] as object)[0] ?? ''],
      at: 'key',
    }),
  },
  wrong('no region', ['regions'], {}),
  wrong(
    'calls on a node with GPUs, a burstable one or one that nobody knows',
    at('edge', 'instanceType'),
    ({ g }: Place) => oneOf(g, ['g6.2xlarge', 't3.large', 'c8g.large', 'c99.large']),
  ),
  wrong('a model on a node without GPUs', at('inference', 'stt', 'instanceType'), ({ g }: Place) =>
    oneOf(g, ['c7i.2xlarge', 'g4ad.xlarge', 'g5g.xlarge', 'g99.large']),
  ),
  wrong('more GPUs than an instance has', at('inference', 'llm', 'gpus'), 9),
  {
    name: 'a model that does not fit in memory',
    make: (config, place) => {
      const path = inRegion(place, 'inference', 'llm');
      put(config, [...path, 'gpus'], 1);
      return put(config, [...path, 'instanceType'], 'g6.xlarge');
    },
  },
  wrong('containers that do not fit on their node', at('media', 'instanceType'), 'c7i.large', { kind: 'asterisk' }),
  wrong('more calls on a node than RTP ports', at('media', 'callsPerNode'), 7590, { kind: 'asterisk' }),
  wrong('more calls at rest than at the peak', at('quietConcurrentCalls'), 100_001),
  {
    name: 'more Elastic IPs than a stack holds',
    make: (config, place) => {
      put(config, inRegion(place, 'peakConcurrentCalls'), 100_000);
      return put(config, inRegion(place, 'edge', 'callsPerNode'), 10);
    },
  },
  {
    name: 'more media nodes than their subnet has addresses',
    make: (config, place) => {
      put(config, inRegion(place, 'peakConcurrentCalls'), 100_000);
      return put(config, inRegion(place, 'media', 'callsPerNode'), 1);
    },
  },
  {
    name: 'more tasks than the inference subnet has addresses',
    make: (config, place) => {
      put(config, inRegion(place, 'inference', 'llm', 'replicas'), 5000);
      return { path: inRegion(place, 'vpcCidr') };
    },
  },
];
