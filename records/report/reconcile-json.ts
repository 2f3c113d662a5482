import type { ReconciledIn } from './reconcile-text';

/** For programs; `version` changes with the form. */
export const jsonReconciled = (deployment: string, regions: readonly ReconciledIn[]): string =>
  JSON.stringify({ version: 1, deployment, regions }, undefined, 2);
