import type { RegionPlan } from '../../regions/plan/types';
import { requirementsFor } from '../requirements';
import type { Scope } from './evidence';

/** What the templates of a plan are held against. @param today ISO date, left out where no clock may be asked */
export const scopeOf = (plan: RegionPlan, today?: string): Scope => ({
  requirements: requirementsFor(plan.frameworks),
  regions: plan.dataRegions,
  attestations: plan.attestations,
  consent: plan.consent,
  aiDisclosure: plan.aiDisclosure,
  accountServices: plan.accountServices,
  outsideHosts: plan.outsideHosts,
  ...(today ? { today } : {}),
});
