import { sha256 } from './canonical';
import type { CheckedFinding, SynthEvidence, Waived } from './evidence';
import type { Finding, WaiverRef } from './posture';

/** Packs whose findings the catalogue tells itself. */
const OWN = /^Voicecell(Hipaa|Finra|Soc2|Always)::/;

/** What rules of others found while the assembly was made, as its validation report has it. */
export const reportFindings = ({ findings, waived }: SynthEvidence): Finding[] => [
  ...findings.filter(({ rule }) => !OWN.test(rule)).map(found),
  ...waived.filter(({ id }) => !OWN.test(id)).map(acknowledged),
];

const found = ({ rule, severity, description, constructPath }: CheckedFinding): Finding => ({
  ...ruleFinding(rule, constructPath),
  status: 'unmet',
  severity: severityOf(severity),
  message: [description, ...detailOf(rule)].join(' '),
  remedy: 'mend it, or waive it in the ledger with reason, owner and end',
});

function acknowledged({ id, severity, reason, constructPath }: Waived): Finding {
  const waiver = waiverIn(reason);
  return {
    ...ruleFinding(id, constructPath),
    status: 'waived',
    severity: severityOf(severity),
    message: `${detailOf(id)[0] ?? 'what it looks for'} is acknowledged${waiver ? '' : `: ${reason}`}`,
    ...(waiver ? { waiver } : {}),
  };
}

const severityOf = (text: string): Finding['severity'] => (text === 'fatal' || text === 'warning' ? text : 'error');

/** One rule finds many things in one place, each in brackets behind its name: `AwsSolutions-IAM5[Resource::*]`. */
const DETAIL = /\[(.*)\]$/s;

const detailOf = (rule: string): string[] => DETAIL.exec(rule)?.slice(1) ?? [];

function ruleFinding(rule: string, constructPath: string) {
  const [unit = '', region = '', stack = ''] = constructPath.split('/');
  return {
    control: rule.replace(DETAIL, ''),
    title: 'A rule of another pack finds nothing.',
    framework: ['house'] as const,
    unit,
    ...(region === '' ? {} : { region }),
    ...(stack === '' ? {} : { stack: `${unit}/${region}/${stack}` }),
    constructPath,
    citations: [],
    fingerprint: sha256([rule, constructPath].join('\n')),
  };
}

/** As the ledger writes what it acknowledges: `reason (owner=… expires=…)`. */
function waiverIn(reason: string): WaiverRef | undefined {
  const [, text = '', owner = '', expires = ''] =
    /^(.*) \(owner=(\S+) expires=(\d{4}-\d{2}-\d{2})\)$/s.exec(reason) ?? [];
  return owner === '' ? undefined : { reason: text, owner, expires };
}
