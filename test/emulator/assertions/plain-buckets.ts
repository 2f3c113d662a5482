import type { RegionPlan } from '../../../regions/plan/types';
import type { Region } from './aws';
import { bucketChecks } from './bucket';
import type { Check } from './check';

/** Logs and weights: guarded by policy, but not locked. */
export function plainBucketChecks(plan: RegionPlan, region: Region, copies: Region): Check[] {
  const { buckets, keyAliases } = plan.names;
  const { days } = plan.retention.log;
  const logs = {
    denials: ['DenyDeletion', 'DenyReconfiguration'],
    lifecycle: [`expire ${days}`, `expire old versions ${days}`],
  };
  const weights = { denials: [], lifecycle: [], keyAlias: keyAliases.weights, logsTo: buckets.logs };
  return [
    ...bucketChecks({ name: buckets.logs, region, ...logs }),
    ...bucketChecks({ name: buckets.logsCopy, region: copies, ...logs }),
    ...bucketChecks({ name: buckets.weights, region, ...weights }),
  ];
}
