import { callsOfCell, surgeOf, unitsFor } from '../../capacity/sizing';
import { instanceType } from '../../catalog';
import { usableAddresses } from '../../plan/subnets';
import { INFERENCE_TIERS, type RegionConfig } from '../schema';
import type { Range } from '../../plan/cell-types';
import { parseCidr } from '../cidr';
import { inEachRegion, when } from './rule';

/** A node without a free address never starts, and the calls it was planned for are refused in the busiest hour. */
export const subnetsHoldTheNodes = inEachRegion((region) => {
  const prefix = parseCidr(region.vpcCidr)?.prefix;
  if (prefix === undefined || prefix > 20) return [];
  const room = usableAddresses(prefix);
  const needed = addressesOf(region);
  return (['edge', 'media', 'inference'] as const).flatMap((tier) =>
    when(needed[tier] > room[tier], {
      path: tier === 'inference' ? ['vpcCidr'] : [tier, 'callsPerNode'],
      got: `${tier === 'inference' ? region.vpcCidr : region[tier].callsPerNode}, with which ${tier} of a cell needs ${needed[tier]} addresses`,
      allowed: `${room[tier]} addresses, what the ${tier} subnet of a cell in ${region.vpcCidr} has for them`,
      change: `${tier === 'inference' ? 'the calls per replica' : 'it'} to more calls${prefix > 16 ? ', or take a wider vpcCidr' : ', or spread the peak over regions'}`,
    }),
  );
});

/** At the peak, while every call node is being replaced. A task of a model has an address beside its instance's. */
function addressesOf(region: RegionConfig): Readonly<Record<'edge' | 'media' | 'inference', number>> {
  const cells = 'azIds' in region.cells ? region.cells.azIds.length : region.cells.count;
  const calls = callsOfCell({ peak: region.peakConcurrentCalls, quiet: 0, cells });
  const nodes = (tier: 'edge' | 'media'): number => {
    const { max } = unitsFor(calls, region[tier].callsPerNode);
    return max + surgeOf(max);
  };
  const inference = INFERENCE_TIERS.reduce((sum, tier) => sum + ofTier(region.inference[tier], calls), 0);
  return { edge: nodes('edge'), media: nodes('media'), inference };
}

function ofTier(service: RegionConfig['inference']['llm'], calls: Range): number {
  const tasks = unitsFor(calls, service.callsPerReplica, service.replicas ?? 1).max;
  const perInstance = Math.max(1, Math.floor((instanceType(service.instanceType)?.gpu?.count ?? 1) / service.gpus));
  return tasks + Math.ceil(tasks / perInstance);
}
