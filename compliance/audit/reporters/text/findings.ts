import { hang } from '../../../../regions/wrap';
import { shown } from '../../../controls/control';
import type { Drifted, Finding } from '../../posture';
import { oneLine } from '../clean';
import { blocksOf, groupsOf, type Group } from '../grouping';
import { daysText, foundText, placeText, waiverText } from '../words';
import { titleLines } from './title';

export interface TextOptions {
  /** Marks answers with the colours of a terminal. */
  readonly colour: boolean;
  readonly width: number;
  /** What holds too, waivers and attestations in full, and every place. */
  readonly all: boolean;
}

/** Findings in blocks: answer, severity, control and title once, then what was found and where. */
export const findingLines = (findings: readonly Finding[], asOf: string, options: TextOptions): string[] =>
  blocksOf(groupsOf(findings)).flatMap((groups) => [
    ...groups.slice(0, 1).flatMap(({ first }) => titleLines(first, options)),
    ...groups.flatMap((group) => groupLines(group, asOf, options)),
  ]);

function groupLines({ first, findings }: Group, asOf: string, options: TextOptions): string[] {
  const { remedy, attestedUntil, drift = [] } = first;
  const says = (label: string, text: string | undefined): string[] =>
    text ? hang(`    ${label.padEnd(8)}`, text, options.width) : [];
  return [
    ...says('found', foundText(first)),
    ...says('mend', remedy === undefined ? undefined : oneLine(remedy)),
    ...says('waived', waiverText(first, asOf)),
    ...says('until', attestedUntil && `${oneLine(attestedUntil)}, ${daysText(attestedUntil, asOf)}`),
    ...drift.flatMap((one) => says('drifted', driftText(one))),
    ...placeLines(findings, options),
  ];
}

const driftText = ({ property, template, live }: Drifted): string =>
  oneLine(`${property}: ${shown(template)} in the template, ${shown(live)} in the account`);

/** Nobody reads a list of forty log groups at night. */
const FIRST_PLACES = 3;

function placeLines(findings: readonly Finding[], { all, width }: TextOptions): string[] {
  const [only = '', ...others] = findings.map(placeText);
  if (others.length === 0) return hang('    at      ', only, width);
  const places = all || others.length <= FIRST_PLACES ? [only, ...others] : [only, ...others].slice(0, FIRST_PLACES);
  const rest = findings.length - places.length;
  return [
    `    at      ${findings.length} places:`,
    ...places.flatMap((place) => hang('            - ', place, width)),
    ...(rest > 0 ? [`            - and ${rest} more; --verbose lists them`] : []),
  ];
}
