import { mapAnswer } from '../../aws/answer';
import type { RegionPlan } from '../../regions/plan/types';
import type { Check } from '../verdict';
import { fits } from './quota';

interface CountedQuota {
  readonly quota: 'elasticIps' | 'vpcs';
  readonly name: string;
  readonly unit: string;
  readonly planned: (plan: RegionPlan) => number;
}

/** A quota of things of which ours are told from others' by tag. */
const countedCheck = ({ quota, name, unit, planned }: CountedQuota): Check => ({
  name,
  assess: (plan, { region }) => {
    const demand = mapAnswer(region[quota], (counted) => ({ quota, planned: planned(plan), ...counted }));
    return [fits(plan, region.quotas[quota], demand, `${planned(plan)} ${unit}`)];
  },
});

export const COUNTED_CHECKS: readonly Check[] = [
  countedCheck({
    quota: 'elasticIps',
    name: 'Elastic IPs',
    unit: 'Elastic IPs',
    planned: ({ cells }) => cells.reduce((total, { elasticIps }) => total + elasticIps, 0),
  }),
  countedCheck({ quota: 'vpcs', name: 'VPCs', unit: 'VPC', planned: () => 1 }),
];
