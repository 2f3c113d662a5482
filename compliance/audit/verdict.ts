import { daysLeft } from './days';
import type { PostureDiff } from './diff';
import type { Finding, Posture } from './posture';

export const FAIL_ON = ['unmet', 'indeterminate', 'expiring'] as const;

/** `expiring`: a waiver or an attestation that holds today ends within thirty days. */
export type FailOn = (typeof FAIL_ON)[number];

export const DEFAULT_FAIL_ON: ReadonlySet<FailOn> = new Set(['unmet', 'indeterminate']);

export const SOON_DAYS = 30;

/** What holds today on a word that soon ends. */
export interface Ending {
  /** `waiver of AUD-08`, `attestation of GOV-06`. */
  readonly what: string;
  readonly unit?: string;
  /** Who answers for a waiver. */
  readonly owner?: string;
  /** ISO date, that day included. */
  readonly until: string;
  readonly daysLeft: number;
}

/**
 * Whether an audit fails. A warning fails nothing.
 * @param diff where there is a baseline, only what is worse than it counts; what is about to end counts whatever it was before
 */
export function exitCodeOf(posture: Posture, failOn: ReadonlySet<FailOn>, diff?: PostureDiff): 0 | 1 {
  const judged = diff ? diff.worse.flatMap(({ after }) => after ?? []) : posture.findings;
  const fails = judged.some((finding) => isFailing(finding, failOn));
  return fails || (failOn.has('expiring') && endingSoon(posture).length > 0) ? 1 : 0;
}

/** Whether a finding fails an audit. */
export const isFailing = ({ status, severity }: Finding, failOn: ReadonlySet<FailOn>): boolean =>
  severity !== 'warning' && (status === 'unmet' || status === 'indeterminate') && failOn.has(status);

/** Waivers that cover something here, and attestations, that end within thirty days; soonest first. */
export function endingSoon({ waivers, findings, inputs }: Posture): readonly Ending[] {
  const waived = waivers
    .filter(({ covers }) => covers > 0)
    .map(({ rule, owner, expires, daysLeft }) => ({ what: `waiver of ${rule}`, owner, until: expires, daysLeft }));
  const attested = findings.flatMap(({ control, unit, attestedUntil: until }) =>
    until === undefined
      ? []
      : { what: `attestation of ${control}`, unit, until, daysLeft: daysLeft(until, inputs.asOf) },
  );
  return [...waived, ...attested]
    .filter((one) => one.daysLeft <= SOON_DAYS)
    .toSorted((a, b) => a.daysLeft - b.daysLeft);
}
