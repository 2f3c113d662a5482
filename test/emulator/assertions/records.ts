import type { RegionPlan } from '../../../regions/plan/types';
import type { Aws } from './aws';
import type { Check } from './check';
import { keyChecks } from './keys';
import { ledgerChecks } from './ledger';
import { ledgerDeliveryChecks } from './ledger-delivery';
import { plainBucketChecks } from './plain-buckets';
import { reconcilerChecks } from './reconciler';
import { repositoryChecks } from './repositories';
import { roleChecks } from './roles';
import { trailChecks } from './trail';
import { vaultChecks } from './vault';

/** What a region keeps, and the second copy of it: keys, vaults, ledger, trail, weights, images, separated roles. */
export const recordsChecks = (plan: RegionPlan, aws: Aws): Check[] => {
  const region = aws.in(plan.region);
  const copies = aws.in(plan.copies.region);
  return [
    ...keyChecks(plan, region, copies),
    ...vaultChecks(plan, region, copies),
    ...plainBucketChecks(plan, region, copies),
    ...ledgerChecks(plan, region),
    ...ledgerDeliveryChecks(plan, region),
    ...reconcilerChecks(plan, region),
    ...trailChecks(plan, region),
    ...roleChecks(plan, region),
    ...repositoryChecks(plan, region),
  ];
};
