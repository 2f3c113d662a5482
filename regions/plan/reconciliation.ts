import type { LockMode } from '../config/schema';
import type { RegionPlan, RetentionPlan } from './types';
import { VAULTS } from './vaults';

/** What every version of a vault of calls, and of its copy, must be like. */
export interface ReconciledVault {
  readonly dataClass: 'recording' | 'transcript';
  readonly bucket: string;
  readonly copy: string;
  readonly days: number;
  readonly mode: LockMode;
  readonly clock: RetentionPlan['clock'];
}

/** What the ledger of a region, its vaults and their copies are compared by: JSON-printable, for whoever compares without the plan. */
export interface Reconciliation {
  readonly deployment: string;
  readonly region: string;
  readonly account: string;
  readonly copiesRegion: string;
  readonly ledgerTable: string;
  readonly vaults: readonly ReconciledVault[];
}

export const reconciliationOf = (plan: RegionPlan): Reconciliation => ({
  deployment: plan.deployment,
  region: plan.region,
  account: plan.account,
  copiesRegion: plan.copies.region,
  ledgerTable: plan.names.ledgerTable,
  vaults: [vaultOf(plan, 'recording'), vaultOf(plan, 'transcript')],
});

function vaultOf({ retention, names }: RegionPlan, dataClass: ReconciledVault['dataClass']): ReconciledVault {
  const vault = VAULTS.find((one) => one.dataClass === dataClass);
  const { days, lockMode, clock } = retention[dataClass];
  if (!vault || !lockMode) throw new Error(`the plan has no locked vault of ${dataClass}`);
  return {
    dataClass,
    bucket: names.buckets[vault.bucket],
    copy: names.buckets[vault.copy],
    days,
    mode: lockMode,
    clock,
  };
}

/** Soon, when it has settled, and when a month's noncurrent versions and unlocked objects would be gone. */
const EARLY_DAYS = [1, 8, 31];

/**
 * How many days ago the days began that are compared every day: some early ones, and of each vault the last that no rule
 * may have disposed of yet.
 */
export const reconciledDaysAgo = ({ vaults }: Pick<Reconciliation, 'vaults'>): number[] => {
  const last = vaults.map(({ days }) => Math.max(1, days - 1));
  const kept = EARLY_DAYS.filter((ago) => ago <= Math.max(...last));
  return [...new Set([...kept, ...last])].toSorted((a, b) => a - b);
};
