import type { AuditUnit } from '../../../compliance/audit/findings';
import type { Finding, Mode } from '../../../compliance/audit/posture';
import type { Waiver } from '../../../compliance/nag/waivers';
import type { RegionPlan } from '../../../regions/plan/types';

/** What is audited, once it has been read. */
export interface Subject {
  readonly mode: Mode;
  readonly units: readonly AuditUnit[];
  readonly waivers: readonly Waiver[];
  /** Whether the ledger of waivers is about nothing else. */
  readonly isWhole: boolean;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  readonly limits: readonly string[];
  /** Findings of others than the catalogue. */
  readonly also: readonly Finding[];
  /** In place of judging the units: what an account gave. */
  readonly judged?: readonly Finding[];
  /** Of deployments: where a report can be stored. */
  readonly plans: readonly RegionPlan[];
}

/** A subject, or why there is none: a line each. */
export type SubjectResult = { readonly subject: Subject } | { readonly problems: readonly string[] };
