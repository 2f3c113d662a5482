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
  queueHosts: plan.sip.queues.map(({ uri }) => hostOfUri(uri)),
  queueCidrs: cidrsOf(plan),
  ...(plan.cardData ? { cardData: plan.cardData } : {}),
});

const hostOfUri = (uri: string): string => /@([^:;]+)/.exec(uri)?.[1] ?? '';

function cidrsOf({ network: { queueNetwork } }: RegionPlan): readonly string[] {
  const { signallingCidrs = [], mediaCidrs = [] } = queueNetwork ?? {};
  return [...new Set([...signallingCidrs, ...mediaCidrs])];
}
