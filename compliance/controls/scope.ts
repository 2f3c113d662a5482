import type { RegionPlan } from '../../regions/plan/types';
import type { Scope } from './evidence';

/** What the templates of a plan are held against. No clock is asked, so no attestation is called stale. */
export const scopeOf = (plan: RegionPlan): Scope => ({
  requirements: plan.requirements,
  regions: plan.dataRegions,
  attestations: plan.attestations,
  consent: plan.consent,
  aiDisclosure: plan.aiDisclosure,
  accountServices: plan.accountServices,
  outsideHosts: plan.outsideHosts,
  ...(plan.cardData ? { cardData: plan.cardData } : {}),
});
