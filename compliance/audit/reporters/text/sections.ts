import { AUTHORITIES } from '../../../controls/formats/markdown';
import type { Authority } from '../../../controls/control';
import { countOf } from '../../assess';
import { STATUSES, type Finding, type Summary } from '../../posture';
import { gathered } from '../grouping';
import { STATUS_WORDS } from '../words';

/** What one authority asks. */
export interface Section {
  readonly authority: Authority;
  /** Of all that it asks. */
  readonly counts: Summary;
  /** Those that no section above has told, worst first. */
  readonly findings: readonly Finding[];
  /** Open or waived ones that a section above tells: `REC-02 unmet 2`. */
  readonly toldAbove: readonly string[];
}

/** A section for each authority, that with the worst finding first; what several ask is told once. */
export function sectionsOf(findings: readonly Finding[]): readonly Section[] {
  const asked = inOrder(
    AUTHORITY_ORDER.map((authority) => ({
      authority,
      findings: findings.filter((finding) => askers(finding).includes(authority)),
    })).filter((one) => one.findings.length > 0),
  );
  const order = asked.map(({ authority }) => authority);
  const homeOf = (finding: Finding): Authority | undefined => order.find((one) => askers(finding).includes(one));
  return asked.map(({ authority, findings }) => ({
    authority,
    counts: countOf(findings),
    findings: findings.filter((finding) => homeOf(finding) === authority),
    toldAbove: namesOf(findings.filter((finding) => homeOf(finding) !== authority)),
  }));
}

const AUTHORITY_ORDER = Object.keys(AUTHORITIES) as Authority[];

/** What no framework asks is asked by the kit. */
const askers = ({ framework }: Finding): readonly Authority[] => (framework.length > 0 ? framework : ['house']);

const inOrder = <T extends { readonly findings: readonly Finding[] }>(asked: readonly T[]): readonly T[] =>
  asked.toSorted((a, b) => worst(a.findings) - worst(b.findings));

const worst = (findings: readonly Finding[]): number =>
  Math.min(...findings.slice(0, 1).map(({ status }) => STATUSES.indexOf(status)));

const namesOf = (findings: readonly Finding[]): string[] =>
  gathered(
    findings.filter(({ status }) => STATUSES.indexOf(status) <= STATUSES.indexOf('waived')),
    ({ control, status }) => `${control} ${STATUS_WORDS[status]}`,
  ).flatMap((same) =>
    same.slice(0, 1).map(({ control, status }) => `${control} ${STATUS_WORDS[status]} ${same.length}`),
  );
