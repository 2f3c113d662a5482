import type { Authority } from '../../controls/control';
import type { Finding, Posture, Status } from '../posture';
import { oneLine } from './clean';
import { gathered } from './grouping';
import { authorityName, foundText, placeText, waiverText } from './words';

/** A posture for a CI's list of tests: a suite for each unit and authority, a case for each control and place. Pure. */
export function junitReport(posture: Posture): string {
  const suites = suitesOf(posture.findings).map((suite) => suiteLines(suite, posture.inputs.asOf));
  const every = suitesOf(posture.findings).flatMap(({ findings }) => findings);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="voicecell" ${countsOf(every)} time="0">`,
    ...suites.flat(),
    '</testsuites>',
  ].join('\n');
}

interface Suite {
  readonly unit: string;
  readonly authority: Authority;
  readonly findings: readonly Finding[];
}

/** What several ask is a case of each: every suite answers for its authority. */
const suitesOf = (findings: readonly Finding[]): readonly Suite[] =>
  gathered(
    findings.flatMap((finding) => finding.framework.map((authority) => ({ authority, finding }))),
    ({ authority, finding }) => JSON.stringify([finding.unit, authority]),
  ).flatMap((asked) =>
    asked
      .slice(0, 1)
      .map(({ authority, finding: { unit } }) => ({ unit, authority, findings: asked.map(({ finding }) => finding) })),
  );

function suiteLines({ unit, authority, findings }: Suite, asOf: string): string[] {
  const name = `${unit}: ${authorityName(authority)}`;
  return [
    `  <testsuite ${attribute('name', name)} ${countsOf(findings)} time="0" ${attribute('timestamp', `${asOf}T00:00:00`)}>`,
    ...findings.flatMap((finding) => caseLines(finding, `${unit}.${authority}.${finding.control}`, asOf)),
    '  </testsuite>',
  ];
}

function caseLines(finding: Finding, className: string, asOf: string): string[] {
  const name = `${finding.control} ${finding.title} [${placeText(finding)}]`;
  return [
    `    <testcase ${attribute('classname', className)} ${attribute('name', name)} time="0">`,
    `      ${outcome(finding, asOf)}`,
    '    </testcase>',
  ];
}

type Element = 'failure' | 'error' | 'skipped' | 'system-out';

/** A warning fails no audit, and no build: JUnit has no word for it, so it is told as one that was skipped. */
const elementOf = ({ status, severity }: Finding): Element =>
  severity === 'warning' && ELEMENTS[status] !== 'system-out' ? 'skipped' : ELEMENTS[status];

const ELEMENTS: Readonly<Record<Status, Element>> = {
  unmet: 'failure',
  indeterminate: 'error',
  waived: 'skipped',
  notApplicable: 'skipped',
  attested: 'system-out',
  met: 'system-out',
};

function outcome(finding: Finding, asOf: string): string {
  const element = elementOf(finding);
  const found = foundText(finding);
  if (element === 'system-out') return `<system-out>${escaped(found)}</system-out>`;
  const message = attribute('message', `${reasonOf(finding)}${found}`);
  if (element === 'skipped' && !finding.remedy) return `<skipped ${message}/>`;
  const type = element === 'skipped' ? '' : ` ${attribute('type', finding.severity)}`;
  return `<${element} ${message}${type}>${escaped(detailOf(finding, asOf))}</${element}>`;
}

function reasonOf({ status, severity }: Finding): string {
  if (status === 'waived') return 'waived: ';
  return severity === 'warning' && status !== 'notApplicable' ? 'a warning, which fails nothing: ' : '';
}

const detailOf = (finding: Finding, asOf: string): string =>
  [
    foundText(finding),
    `at ${placeText(finding)}`,
    ...(finding.remedy === undefined ? [] : [`mend: ${oneLine(finding.remedy)}`]),
    ...[waiverText(finding, asOf)].flatMap((waived) => (waived === undefined ? [] : [`waived ${waived}`])),
    ...finding.citations.map(({ authority, text }) => `${authorityName(authority)}: ${oneLine(text)}`),
  ].join('\n');

function countsOf(findings: readonly Finding[]): string {
  const elements = findings.map(elementOf);
  const count = (element: Element): number => elements.filter((one) => one === element).length;
  return `tests="${findings.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
}

const attribute = (name: string, value: string): string => `${name}="${escaped(oneLine(value))}"`;

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
