import { STATUSES, type Finding, type Status, type Summary } from '../../posture';
import { countOf } from '../../assess';
import { gathered } from '../grouping';

/** Of several, the one that a person must hear of. */
export const worst = (findings: readonly Finding[]): Status | undefined =>
  STATUSES.find((status) => findings.some((finding) => finding.status === status));

/** How many controls stand how, each by its worst finding. */
export const standing = (findings: readonly Finding[]): Summary =>
  countOf(gathered(findings, ({ control }) => control).map((of) => ({ status: worst(of) ?? 'notApplicable' })));
