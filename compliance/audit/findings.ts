import path from 'node:path';
import { CONTROLS } from '../controls/catalogue';
import type { Control, Judgement } from '../controls/control';
import type { Evidence } from '../controls/evidence';
import { perResource } from '../controls/shared/memo';
import { applies, type Unit } from '../controls/unit';
import { controlOf, waiverFor, type Waiver } from '../nag/waivers';
import type { Resource } from '../templates/template-set';
import { absenceIn, type NotApplicable } from './absence';
import { sha256 } from './canonical';
import { withoutCredentials } from './hidden';
import type { Finding, Location, Status } from './posture';
import { unreadFindings } from './unread-findings';

/** A unit with its evidence, and what is known of where things are written. */
export interface AuditUnit {
  readonly name: string;
  readonly unit: Unit;
  readonly evidence: Evidence;
  /** Where a resource is written. @default nowhere that is known */
  readonly locate?: (resource: Resource) => Location | undefined;
}

/** What the ledger of waivers is asked with. */
export interface Ledger {
  readonly waivers: readonly Waiver[];
  /** ISO date: a waiver past its end covers nothing. */
  readonly asOf: string;
}

/** Every control of the catalogue on a unit, whether it holds or not. */
export function findingsOf(audited: AuditUnit, ledger: Ledger): Finding[] {
  const findings: Finding[] = [];
  const absent = absenceIn(audited.evidence);
  for (const asked of askedOf(audited.unit)) {
    const judgements = asked.control.check(audited.evidence);
    const answers = judgements.length > 0 ? judgements : [absent(asked.control)];
    for (const answer of answers) findings.push(made(audited, asked, answer, ledger));
  }
  return [...findings, ...unreadFindings(audited.name, audited.evidence.cut.map(cutLine))];
}

/** Controls that a unit is held to, and for whom. */
function askedOf(unit: Unit): readonly Asked[] {
  const known = ASKED.get(unit);
  if (known) return known;
  const asked = CONTROLS.filter((control) => applies(control, unit)).map((control) => ({
    control,
    askers: askersOf(control, unit),
  }));
  ASKED.set(unit, asked);
  return asked;
}

/** Many templates are often held to the same. */
const ASKED = new WeakMap<Unit, readonly Asked[]>();

const cutLine = ({ stack, logicalId, type }: Resource): string =>
  `${stack.name}: the properties of ${logicalId} (${type}) are too large: they are not judged`;

type Answered = Judgement | NotApplicable;

/** One judgement as a finding. */
export const findingOf = (audited: AuditUnit, control: Control, judgement: Answered, ledger: Ledger): Finding =>
  made(audited, { control, askers: askersOf(control, audited.unit) }, judgement, ledger);

interface Asked {
  readonly control: Control;
  readonly askers: Finding['framework'];
}

const askersOf = ({ citations }: Control, unit: Unit): Finding['framework'] =>
  [...new Set(citations.map(({ authority }) => authority))].filter((authority) =>
    applies({ citations: [{ authority, text: '' }] }, unit),
  );

function made(audited: AuditUnit, { control, askers }: Asked, judgement: Answered, ledger: Ledger): Finding {
  const { name } = audited;
  const { resource } = judgement;
  const message = withoutCredentials(judgement.message);
  const isOpen = judgement.answer === 'unmet' || judgement.answer === 'indeterminate';
  const waiver = isOpen && control.severity !== 'fatal' ? covering(ledger, control.id, resource) : undefined;
  const location = resource && audited.locate?.(resource);
  return {
    control: control.id,
    title: control.title,
    framework: askers,
    status: waiver ? 'waived' : statusOf(judgement),
    severity: control.severity,
    unit: name,
    ...(resource && placed(audited.evidence, resource)),
    ...(location && { location }),
    message,
    ...(isOpen && { remedy: remedyOf(judgement, control) }),
    citations: control.citations,
    ...(waiver && { waiver: { reason: waiver.reason, owner: waiver.owner, expires: waiver.expires } }),
    ...('attestedUntil' in judgement && { attestedUntil: judgement.attestedUntil }),
    fingerprint: sha256(`${control.id}\n${name}\n${resource?.stack.name ?? ''}\n${resource?.logicalId ?? ''}`),
  };
}

const statusOf = (judgement: Answered): Status =>
  'attested' in judgement && judgement.attested && judgement.answer === 'met' ? 'attested' : judgement.answer;

type Placed = Pick<Finding, 'region' | 'stack' | 'resource' | 'type' | 'constructPath'>;

const placed = perResource((_, resource): Placed => {
  const { region, name } = resource.stack;
  const constructPath = constructPathOf(resource);
  return {
    ...(region !== undefined && { region }),
    stack: name,
    resource: resource.logicalId,
    type: resource.type,
    ...(constructPath !== undefined && { constructPath }),
  };
});

function constructPathOf({ body }: Resource): string | undefined {
  const found = body.Metadata?.['aws:cdk:path'];
  return typeof found === 'string' ? found : undefined;
}

/** As waivers name it: below the stage that holds the stack. */
function placeOf(resource: Resource | undefined): string {
  if (!resource) return 'deployment';
  const { name } = resource.stack;
  const stage = name.includes('/') ? `${path.posix.dirname(name)}/` : '';
  const whole = constructPathOf(resource) ?? `${name}/${resource.logicalId}`;
  const below = whole.startsWith(stage) ? whole.slice(stage.length) : whole;
  return below
    .split('/')
    .filter((id) => id !== 'Default')
    .join('/');
}

function covering({ waivers, asOf }: Ledger, control: string, resource: Resource | undefined): Waiver | undefined {
  if (waivers.length === 0) return undefined;
  const place = placeOf(resource);
  const open = waivers.filter(({ rule, expires }) => controlOf(rule) !== undefined && expires >= asOf);
  return waiverFor(open, { plugin: 'VoicecellAudit', rule: `VoicecellAudit-${control}`, place });
}

/** All there is to mend; a control that names nothing says how it is read. */
function remedyOf(judgement: Answered, { onTemplate }: Control): string {
  const remedies = 'remedies' in judgement ? judgement.remedies : [];
  return withoutCredentials(remedies?.join('; ') || onTemplate);
}
