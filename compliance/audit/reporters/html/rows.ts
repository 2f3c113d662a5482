import { AUDIT_CONTROLS, type AuditControl } from '../../audit-controls';
import { CONTROLS } from '../../../controls/catalogue';
import type { Citation, Control } from '../../../controls/control';
import { STATUSES, type Finding, type Posture, type Status } from '../../posture';
import { gathered } from '../grouping';
import { worst } from './standing';

/** A control with what was found of it. */
export interface Row {
  readonly control: string;
  /** Of the element that tells of it: `REC-02`. */
  readonly anchor: string;
  readonly title: string;
  readonly severity: Control['severity'];
  readonly citations: readonly Citation[];
  /** How it is read in templates, or what is looked at, where this version knows it. */
  readonly reading?: string;
  /** No waiver covers what only an audit judges. */
  readonly ofAuditsOnly?: true;
  /** Absent where nobody asks it of what was audited. */
  readonly status?: Status;
  readonly findings: readonly Finding[];
}

/** Every control of the catalogue and of audits, in that order, and what else was found. */
export function rowsOf({ findings }: Posture): Row[] {
  const found = new Map(gathered(findings, ({ control }) => control).map((of) => [of[0]?.control ?? '', of]));
  const known = [
    ...CONTROLS.map((control) => knownRow(control, control.onTemplate, found)),
    ...AUDIT_CONTROLS.map((control) => ({ ...knownRow(control, control.live, found), ofAuditsOnly: true as const })),
  ];
  const ids = new Set(known.map(({ control }) => control));
  const others = [...found].filter(([id]) => !ids.has(id)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [...known, ...others.flatMap(([id, of], index) => otherRow(id, of, index))];
}

type Found = ReadonlyMap<string, readonly Finding[]>;

function knownRow({ id, title, severity, citations }: AuditControl, reading: string, found: Found): Row {
  const findings = found.get(id) ?? [];
  return { control: id, anchor: id, title, severity, citations, reading, ...statusOf(findings), findings };
}

const otherRow = (control: string, findings: readonly Finding[], index: number): Row[] =>
  findings.slice(0, 1).map(({ title, severity, citations }) => {
    const anchor = PLAIN.test(control) ? control : `other-${index}`;
    return { control, anchor, title, severity, citations, ...statusOf(findings), findings };
  });

/** No id of the page's own looks like it. */
const PLAIN = /^[A-Z]+-\d+$/;

const statusOf = (findings: readonly Finding[]): { readonly status?: Status } => {
  const status = worst(findings);
  return status ? { status } : {};
};

/** Worst first. */
export const byStatus = (rows: readonly Row[]): [Status, Row[]][] =>
  STATUSES.map((status): [Status, Row[]] => [status, rows.filter((row) => row.status === status)]).filter(
    ([, of]) => of.length > 0,
  );
