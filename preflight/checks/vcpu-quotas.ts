import type { RegionPlan } from '../../regions/plan/types';
import { mapAnswer, type Answer } from '../../aws/answer';
import type { Capacity, RegionFacts } from '../facts/facts';
import { QUOTAS } from '../facts/quotas';
import type { Check } from '../verdict';
import { fits, type Demand } from './quota';
import { plannedVcpus, usedVcpus, type InstanceClass } from './vcpus';

const NAMES: Readonly<Record<InstanceClass, string>> = {
  standard: 'standard vCPUs',
  graphics: 'G and VT vCPUs',
  parallel: 'P vCPUs',
};

/** A quota of vCPUs; nothing to say where the plan has no such instances. */
const vcpuCheck = (quota: InstanceClass): Check => ({
  name: NAMES[quota],
  assess: (plan, { region }) => {
    const planned = plannedVcpus(plan, quota);
    if (planned === 0) return [];
    const needed = `${planned ?? 'unknown'} vCPUs of ${QUOTAS[quota].name}`;
    return [fits(plan, region.quotas[quota], demandOf(plan, region, quota), needed)];
  },
});

export const VCPU_CHECKS: readonly Check[] = (['standard', 'graphics', 'parallel'] as const).map(vcpuCheck);

function demandOf(plan: RegionPlan, { capacity }: RegionFacts, quota: InstanceClass): Answer<Demand> {
  const demand = mapAnswer(capacity, (used) => {
    const planned = plannedVcpus(plan, quota);
    const vcpus = (mine: boolean): number | undefined =>
      usedVcpus(
        used.filter(({ ours }) => ours === mine),
        quota,
      );
    return { planned, ours: vcpus(true), others: vcpus(false), types: used };
  });
  if (!demand.known) return demand;
  const { planned, ours, others, types } = demand.value;
  return planned === undefined || ours === undefined || others === undefined
    ? unknownType(types)
    : { known: true, value: { quota, planned, ours, others } };
}

const unknownType = (types: readonly Capacity[]): Answer<never> => ({
  known: false,
  action: 'ec2:DescribeInstances',
  why: `an instance type whose vCPUs nobody says, among ${[...new Set(types.map((one) => one.instanceType))].join(', ')}`,
  remedy: '`voicecell catalog refresh --write`',
});
