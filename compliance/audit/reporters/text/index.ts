import { hang } from '../../../../regions/wrap';
import type { Posture, Status } from '../../posture';
import { DEFAULT_FAIL_ON, endingSoon, isFailing, SOON_DAYS, type Ending } from '../../verdict';
import { oneLine } from '../clean';
import { findingLines, type TextOptions } from './findings';
import { sectionsOf, type Section } from './sections';
import { STANDING, standingLines } from './standing';
import { authorityName, countsText, leftText, MODE_WORDS } from '../words';

export type { TextOptions } from './findings';

/** A posture for a terminal: by framework, worst first. Pure. */
export function textReport(posture: Posture, options: TextOptions): string {
  const parts = [
    headLines(posture, options),
    ...sectionsOf(posture.findings).map((section) => sectionLines(section, posture, options)),
    endingLines(posture, options),
    limitLines(posture, options),
    totalLines(posture, options),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function headLines({ inputs, catalogue, tool }: Posture, { width }: TextOptions): string[] {
  const { mode, asOf, units } = inputs;
  return [
    ...hang('', `posture of ${MODE_WORDS[mode]} on ${asOf}`, width),
    ...hang('  ', `voicecell ${oneLine(tool.version)}, ${catalogue.controls} controls`, width),
    ...units.flatMap(({ name, frameworks, regions }) =>
      hang(
        '  ',
        oneLine(`${name}: ${frameworks.join(' + ') || 'no framework'}; ${regions.join(', ') || 'no region known'}`),
        width,
      ),
    ),
  ];
}

/** What is to mend in full, what stands on somebody's word in a line each; what holds is counted. All in full if asked for. */
function sectionLines({ authority, counts, findings, toldAbove }: Section, posture: Posture, options: TextOptions) {
  const { all, width } = options;
  const shown = findings.filter(({ status }) => all || IN_FULL.has(status));
  const lines = [
    ...findingLines(shown, posture.inputs.asOf, options),
    ...(all ? [] : standingLines(findings, options)),
  ];
  const above = toldAbove.length > 0 ? hang('  told above: ', toldAbove.join(', '), width) : [];
  return [...hang('', `${authorityName(authority)}: ${countsText(counts)}`, width), ...lines, ...above];
}

const IN_FULL: ReadonlySet<Status> = new Set(['unmet', 'indeterminate']);

function endingLines(posture: Posture, { width }: TextOptions): string[] {
  const endings = endingSoon(posture);
  if (endings.length === 0) return [];
  return [`ends within ${SOON_DAYS} days`, ...endings.flatMap((ending) => hang('  ', endingText(ending), width))];
}

function endingText({ what, unit, owner, until, daysLeft }: Ending): string {
  const who = owner === undefined ? '' : `; ask ${owner}`;
  return oneLine(`${what}${unit === undefined ? '' : ` for ${unit}`}: ${until}, ${leftText(daysLeft)}${who}`);
}

const limitLines = ({ inputs }: Posture, { width }: TextOptions): string[] =>
  inputs.limits.length === 0
    ? []
    : ['could not be read', ...inputs.limits.flatMap((limit) => hang('  - ', oneLine(limit), width))];

const totalLines = (posture: Posture, { all, width }: TextOptions): string[] => [
  ...hang('all: ', countsText(posture.summary), width),
  ...(!all && posture.findings.some(({ status }) => STANDING.has(status))
    ? ['--verbose tells who waived or attested what, and why']
    : []),
  ...hang('next: ', nextStep(posture), width),
];

function nextStep({ inputs, findings, summary, sha256 }: Posture): string {
  if (findings.some((finding) => isFailing(finding, DEFAULT_FAIL_ON)))
    return inputs.mode === 'template' ? NEXT_WITHOUT_LEDGER : NEXT_WITH_FINDINGS;
  const warnings = summary.unmet + summary.indeterminate;
  if (warnings > 0) return 'warnings fail nothing; mend them when you are there';
  return `nothing to mend; keep the JSON of this posture as evidence, sha256 ${sha256}`;
}

const NEXT_WITH_FINDINGS =
  'mend what is unmet, show what is indeterminate, or waive it in compliance/waivers.yaml with reason, owner and expiry (nobody may waive what is fatal); then audit again';

/** Templates of others have no ledger of waivers. */
const NEXT_WITHOUT_LEDGER =
  'mend what is unmet, show what is indeterminate, and audit again; --baseline with the JSON of this posture fails for what is worse only';
