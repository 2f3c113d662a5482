import { CONTROLS } from '../controls/catalogue';
import { told } from '../controls/control';
import { ledgerProblems, type LedgerProblem } from '../nag/ledger';
import { controlOf, type Waiver } from '../nag/waivers';
import { AUDIT_CONTROLS } from './audit-controls';
import { canonical, sha256 } from './canonical';
import { daysLeft } from './days';
import { findingsOf, type AuditUnit } from './findings';
import {
  POSTURE_VERSION,
  STATUSES,
  type Finding,
  type Inputs,
  type Posture,
  type Status,
  type Summary,
  type WaiverRow,
} from './posture';
import { retentionOf } from './retention';

export interface Audit {
  readonly units: readonly AuditUnit[];
  readonly waivers: readonly Waiver[];
  /** Whether every deployment that the ledger is about is among the units, so that an unused waiver is one. */
  readonly isWhole: boolean;
  readonly inputs: Omit<Inputs, 'units'>;
  /** Of this tool. */
  readonly version: string;
  /** What has been judged already, such as of a live account. @default the units are judged here */
  readonly judged?: readonly Finding[];
  /**
   * Only what is about these, and about a unit as a whole: what a region's controls rest on may lie in another.
   * @default all
   */
  readonly regions?: readonly string[];
  /** What others found. @default nothing */
  readonly also?: readonly Finding[];
}

/** Judges evidence by the catalogue of controls. Pure: the same evidence on the same day gives the same posture. */
export function assess(audit: Audit): Posture {
  const { units, waivers, inputs, version, also = [] } = audit;
  const ledger = { waivers, asOf: inputs.asOf };
  const judged = [...(audit.judged ?? units.flatMap((unit) => findingsOf(unit, ledger))), ...also];
  const coverage = new Map(
    waivers.map((waiver) => [waiver, judged.filter((finding) => isCovered(finding, waiver)).length]),
  );
  // What rules of other packs need is known to their own validation.
  const ofOthers = waivers.filter(({ rule }) => controlOf(rule) === undefined);
  const covering = waivers.filter((waiver) => (coverage.get(waiver) ?? 0) > 0);
  const used = audit.isWhole ? { used: new Set([...covering, ...ofOthers]) } : {};
  const problems = ledgerProblems(waivers, { today: inputs.asOf, ...used }).map(ofLedger);
  const isAsked = ({ region }: Finding): boolean =>
    !audit.regions?.length || region === undefined || audit.regions.includes(region);
  const findings = inOrder([...judged.filter(isAsked), ...problems]);
  return sealed({
    version: POSTURE_VERSION,
    tool: { name: 'voicecell', version },
    catalogue: { controls: CONTROLS.length, auditControls: AUDIT_CONTROLS, checkedOn: youngestSource() },
    inputs: { ...inputs, units: units.map(unitInput) },
    summary: countOf(findings),
    retention: units.flatMap(retentionOf),
    waivers: waivers.map((waiver) => waiverRow(waiver, inputs.asOf, coverage.get(waiver) ?? 0)),
    findings,
  });
}

const isCovered = ({ control, waiver }: Finding, { rule, reason, owner, expires }: Waiver): boolean =>
  waiver !== undefined &&
  (controlOf(rule) === control || control.startsWith(rule)) &&
  waiver.reason === reason &&
  waiver.owner === owner &&
  waiver.expires === expires;

/** With the digest of its content. */
export const sealed = (posture: Omit<Posture, 'sha256'>): Posture => ({
  ...posture,
  sha256: sha256(canonical(posture)),
});

/** Whether the digest is that of the content: nobody has changed the report since. */
export function isSealed({ sha256: digest, ...content }: Posture): boolean {
  return digest === sha256(canonical(content));
}

const unitInput = ({ name, unit, evidence }: AuditUnit): Inputs['units'][number] => ({
  name,
  frameworks: unit.frameworks,
  allowedRegions: unit.scope.regions,
  regions: [...new Set(evidence.set.stacks.flatMap(({ region }) => (region === undefined ? [] : [region])))].toSorted(),
});

const youngestSource = (): string =>
  CONTROLS.map(({ checkedOn }) => checkedOn)
    .toSorted()
    .at(-1) ?? '';

export const countOf = (findings: readonly Pick<Finding, 'status'>[]): Summary =>
  Object.fromEntries(
    STATUSES.map((status) => [status, findings.filter((finding) => finding.status === status).length]),
  ) as Record<Status, number>;

const waiverRow = ({ rule, scope, reason, owner, expires }: Waiver, asOf: string, covers: number): WaiverRow => ({
  rule,
  scope,
  reason,
  owner,
  expires,
  daysLeft: daysLeft(expires, asOf),
  covers,
});

/** A waiver that does not hold is a finding of the control on suppressed findings. */
function ofLedger({ waiver, problem }: LedgerProblem): Finding {
  const control = CONTROLS.find(({ id }) => id === 'GOV-07');
  if (!control) throw new Error('the catalogue has no GOV-07');
  const { message, remedies = [] } = told(problem);
  return {
    control: control.id,
    title: control.title,
    framework: control.citations.map(({ authority }) => authority),
    status: 'unmet',
    severity: control.severity,
    unit: 'waivers',
    message: `the waiver of ${waiver.rule} ${message}`,
    remedy: remedies.join('; ') || problem,
    citations: control.citations,
    fingerprint: sha256(['waiver', waiver.rule, ...waiver.scope, ...(waiver.findings ?? [])].join('\n')),
  };
}

const SEVERITIES: readonly Finding['severity'][] = ['fatal', 'error', 'warning'];

const inOrder = (findings: readonly Finding[]): Finding[] =>
  findings
    .map((finding) => ({ finding, key: keyOf(finding) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ finding }) => finding);

const keyOf = ({ status, severity, control, unit, region = '', stack = '', resource = '', message }: Finding): string =>
  [STATUSES.indexOf(status), SEVERITIES.indexOf(severity), control, unit, region, stack, resource, message].join('\0');
