import { alternativesTo, instanceType, type InstanceType } from '../../catalog';
import { callsOfCell, RTP_FIRST_PORT, RTP_LAST_PORT, rtpPorts, surgeOf, unitsFor } from '../../capacity/sizing';
import { engineFor, LOADER_MEMORY_MIB } from '../../engines';
import type { Finding } from '../finding';
import { AGENT_RESERVED_MIB, MEMORY_MIB } from '../../../media/contract/memory';
import { INFERENCE_TIERS, type InferenceServiceConfig, type RegionConfig } from '../schema';
import { inEachRegion, when } from './rule';

/** Memory an ECS node cannot give to tasks: kernel, agent, Docker; on GPU nodes the driver too. */
const NODE_OVERHEAD_MIB = AGENT_RESERVED_MIB + 1536;
const CALL_NODE_OVERHEAD_MIB = AGENT_RESERVED_MIB + 768;

const servesMedia = ({ gpu, arch }: InstanceType): boolean => !gpu && arch === 'x86_64';
const servesInference = ({ gpu, arch }: InstanceType): boolean => gpu?.manufacturer === 'NVIDIA' && arch === 'x86_64';

/** Burstable types stop being fast when their credits end, which a call hears. The locked AMIs are x86_64 only. */
export const nodesCanCarryMedia = inEachRegion((region) =>
  (['edge', 'media'] as const).flatMap((tier) => {
    const type = region[tier].instanceType;
    const spec = instanceType(type);
    const fits = !/^t\d/.test(type) && spec !== undefined && servesMedia(spec);
    const allowed = 'a known x86_64 type without GPU, not burstable (the kit ships no arm64 AMI)';
    return when(!fits, { path: [tier, 'instanceType'], allowed, change: `it to e.g. ${examples(type, servesMedia)}` });
  }),
);

export const nodesCanInfer = inEachRegion((region) =>
  INFERENCE_TIERS.flatMap((tier) => {
    const service = region.inference[tier];
    const spec = instanceType(service.instanceType);
    const path = ['inference', tier];
    if (spec === undefined || !servesInference(spec)) {
      const change = `it to e.g. ${examples(service.instanceType, servesInference)}`;
      return [{ path: [...path, 'instanceType'], allowed: 'a known x86_64 type with NVIDIA GPUs', change }];
    }
    return fitsOn(service, spec).map((finding) => ({ ...finding, path: [...path, ...finding.path] }));
  }),
);

function fitsOn(service: InferenceServiceConfig, { gpu, memMiB }: InstanceType): Finding[] {
  const count = gpu?.count ?? 0;
  if (service.gpus > count) {
    const allowed = `1 to ${count}, what ${service.instanceType} has`;
    return [{ path: ['gpus'], allowed, change: 'it, or take a larger instance type' }];
  }
  const tasks = Math.floor(count / service.gpus);
  const needed = tasks * memoryOf(service);
  return when(needed > memMiB - NODE_OVERHEAD_MIB, {
    path: ['instanceType'],
    got: `${service.instanceType} with ${memMiB} MiB of memory`,
    allowed: `${needed} MiB for ${tasks} ${service.engine} and ${NODE_OVERHEAD_MIB} MiB for the node`,
    change: 'it to a type with more memory',
  });
}

/** Where the weights lie does not change what a task needs; a custom one without its block is reported elsewhere. */
function memoryOf(service: InferenceServiceConfig): number {
  if (service.engine === 'custom' && !service.custom) return 0;
  const { memoryMiB, weights } = engineFor(service, { weightsBucket: '', weightsPrefix: '', region: '' });
  return memoryMiB + (weights === 'staged' ? LOADER_MEMORY_MIB : 0);
}

/** A task that does not fit is never placed: ECS waits for room that no node will have. */
export const containersFitTheNode = inEachRegion((region) =>
  (['edge', 'media'] as const).flatMap((tier) => {
    const { instanceType: type } = region[tier];
    const memMiB = instanceType(type)?.memMiB ?? Infinity;
    const needed = memoryOfContainers(region, tier);
    return when(needed > memMiB - CALL_NODE_OVERHEAD_MIB, {
      path: [tier, 'instanceType'],
      got: `${type} with ${memMiB} MiB of memory`,
      allowed: `${needed} MiB for the containers and ${CALL_NODE_OVERHEAD_MIB} MiB for the node`,
      change: 'it to a type with more memory',
    });
  }),
);

function memoryOfContainers(region: RegionConfig, tier: 'edge' | 'media'): number {
  const own = tier === 'media' ? region.media.containers : undefined;
  const limits = own ? own.map((container) => container.memoryMiB) : memoryOfKit(region, tier);
  return limits.reduce((sum, limit) => sum + limit, 0);
}

/** Only a region that declares hosts outside has a proxy. */
function memoryOfKit({ outsideHosts = [] }: RegionConfig, tier: 'edge' | 'media'): readonly number[] {
  if (tier === 'media') return Object.values(MEMORY_MIB.media);
  const { proxy, ...always } = MEMORY_MIB.edge;
  return [...Object.values(always), ...(outsideHosts.length > 0 ? [proxy] : [])];
}

/** Addresses of the pools are resources of the network stack, which may have 500 (CloudFormation quota). */
const ADDRESSES = 200;

export const addressesFitAStack = inEachRegion((region) => {
  const cells = 'azIds' in region.cells ? region.cells.azIds.length : region.cells.count;
  const { max } = callsOfCell({ peak: region.peakConcurrentCalls, quiet: 0, cells });
  const nodes = unitsFor({ min: 0, max }, region.edge.callsPerNode).max;
  const addresses = cells * (nodes + surgeOf(nodes));
  return when(addresses > ADDRESSES, {
    path: ['edge', 'callsPerNode'],
    got: `${region.edge.callsPerNode}, which needs ${addresses} Elastic IPs`,
    allowed: `${ADDRESSES} Elastic IPs a region at most`,
    change: 'it to more calls a node, or spread the peak over regions',
  });
});

/** Every call of a node needs its ports below the kernel's ephemeral range. */
export const rtpPortsSuffice = inEachRegion((region) =>
  (['edge', 'media'] as const).flatMap((tier) => {
    const { callsPerNode } = region[tier];
    const { from, to } = rtpPorts(tier, callsPerNode);
    const most = Math.floor((callsPerNode * (RTP_LAST_PORT - RTP_FIRST_PORT)) / (to - from + 1));
    return when(to > RTP_LAST_PORT, {
      path: [tier, 'callsPerNode'],
      got: `${callsPerNode}, which needs ${to - from + 1} RTP ports`,
      allowed: `${most} calls at most: ports ${RTP_FIRST_PORT} to ${RTP_LAST_PORT} with slack for ended calls`,
      change: 'it, and let the planner take more nodes',
    });
  }),
);

export const quietIsNotAbovePeak = inEachRegion(({ quietConcurrentCalls, peakConcurrentCalls }) =>
  when((quietConcurrentCalls ?? 0) > peakConcurrentCalls, {
    path: ['quietConcurrentCalls'],
    allowed: `at most the peak of ${peakConcurrentCalls}`,
    change: 'one of the two',
  }),
);

const examples = (type: string, accept: (spec: InstanceType) => boolean): string =>
  alternativesTo(type, accept)
    .slice(0, 4)
    .map((choice) => choice.replace(/\*$/, '2xlarge'))
    .join(', ');
