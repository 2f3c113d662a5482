import type { BudgetPlan } from './types';

/** The same in every deployment, until one has measured better. */
export const BUDGETS: BudgetPlan = {
  // The goal of a cell; a deployment separated by regions takes 800 ms and more for the same.
  turnRoundTripMs: 200,
  // A finished recording reaches the vault in seconds; a quarter of an hour means that the store or the recorder is out.
  spoolAgeSeconds: 900,
  spoolUsedPercent: 60,
  // Delivery is every five minutes; the stream drops what is a day old.
  ledgerCopySeconds: 1800,
  // Certificate authorities renew in the last 30 days; below three weeks a renewal has failed.
  certificateDays: 21,
  spareCapacityPercent: 10,
};
