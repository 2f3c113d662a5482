import { AUDIT_CONTROLS } from '../audit/audit-controls';
import { CONTROLS } from '../controls/catalogue';
import { controlOf, type Waiver } from './waivers';

/** A waiver that is itself a finding, and why. */
export interface LedgerProblem {
  readonly waiver: Waiver;
  /** What is wrong and what to do, in words after "the waiver of <rule>". */
  readonly problem: string;
}

/** What the ledger is asked with. */
export interface LedgerQuestion {
  /** ISO date. */
  readonly today: string;
  /** Waivers that covered a finding, where all deployments have been validated; undefined where only some have. */
  readonly used?: ReadonlySet<Waiver>;
}

/** Waivers past their end, of nothing, of everything, of what nobody may waive, or of what nobody finds any more. */
export const ledgerProblems = (waivers: readonly Waiver[], question: LedgerQuestion): readonly LedgerProblem[] =>
  waivers.flatMap((waiver) => RULES.flatMap((rule) => rule(waiver, question)).map((problem) => ({ waiver, problem })));

type Rule = (waiver: Waiver, question: LedgerQuestion) => readonly string[];

const expired: Rule = ({ expires, owner }, { today }) =>
  expires < today ? [`expired on ${expires}; ask ${owner}, or mend the finding`] : [];

const ofNothing: Rule = ({ rule }) => {
  const id = controlOf(rule);
  return id === undefined || CONTROLS.some((control) => control.id === id)
    ? []
    : ['names a control that the catalogue does not have; voicecell controls lists them'];
};

const ofWhatHolds: Rule = ({ rule }) => {
  const control = CONTROLS.find(({ id }) => id === controlOf(rule));
  return control?.severity === 'fatal' ? [`cannot stand: ${control.title} Nobody may waive that; remove it`] : [];
};

const ofAudits: Rule = ({ rule }) =>
  AUDIT_CONTROLS.some(({ id }) => id === rule) ? ['cannot stand: only an audit judges that; remove it'] : [];

/** A scope or finding without a single name in it covers what nobody has looked at. */
const ofEverything: Rule = ({ scope, findings = [] }) =>
  [...scope, ...findings]
    .filter((glob) => !/[A-Za-z0-9]/.test(glob))
    .map((glob) => `is too wide: ${glob} covers everything; name the constructs it is about`);

const unused: Rule = (waiver, { used }) =>
  used && !used.has(waiver) ? ['covers nothing that is still found; remove it'] : [];

const RULES: readonly Rule[] = [expired, ofNothing, ofWhatHolds, ofAudits, ofEverything, unused];
