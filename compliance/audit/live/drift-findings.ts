import type { Unknown } from '../../../aws/answer';
import { overall, type Answer, type Judgement } from '../../controls/control';
import { VUL_04 } from '../../controls/VUL-04';
import type { Resource } from '../../templates/template-set';
import { findingOf, type AuditUnit, type Ledger } from '../findings';
import type { Drifted, Finding } from '../posture';
import type { LiveSet } from './overlay';

/** What is compared with what, and what could not be. */
export interface Compared extends Pick<LiveSet, 'drifts' | 'gone' | 'unread' | 'added'> {
  /** Questions on whole stacks or regions that got no answer. */
  readonly unknown: readonly Unknown[];
  /** Resources that were read and are as written, by stack. */
  readonly same: ReadonlyMap<string, number>;
}

/** Where the account is not what its templates say, in findings of the control on drift. */
export function driftFindings(audited: AuditUnit, compared: Compared, ledger: Ledger): Finding[] {
  const found = (judgement: Judgement): Finding => findingOf(audited, VUL_04, judgement, ledger);
  const tell = (answer: Answer, text: string, resource?: Resource): Finding =>
    found({ ...overall(answer, text), ...(resource ? { resource } : {}) });
  return [
    ...[...compared.drifts].map(([resource, drift]) => ({ ...tell('unmet', drifted(drift), resource), drift })),
    ...compared.gone.map((resource) => tell('unmet', `it is not in the account; ${DEPLOY}`, resource)),
    ...compared.added.map(({ resource, type, id }) =>
      apart(
        tell('unmet', `${type} ${id} hangs on it and is in no template; remove it, or write it down`, resource),
        id,
      ),
    ),
    ...[...compared.unread].map(([resource, unread]) =>
      tell('indeterminate', `${[...new Set(unread.map(({ why }) => why))].join(', ')}; ${allow(unread)}`, resource),
    ),
    ...compared.unknown.map(({ action, why, remedy }) =>
      apart(found({ answer: 'indeterminate', message: why, remedies: [remedy] }), action + why),
    ),
    ...[...compared.same].map(([stack, count]) =>
      apart(
        tell('met', `${count} resources of ${stack} are as their template says, in the settings that are read`),
        stack,
      ),
    ),
  ];
}

const DEPLOY = 'deploy its stack, or take it out of the template';

/** Several findings of one resource keep fingerprints of their own. */
const apart = (finding: Finding, by: string): Finding => ({
  ...finding,
  fingerprint: `${finding.fingerprint}-${slug(by)}`,
});

const slug = (text: string): string => text.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, LONGEST_SLUG);

const LONGEST_SLUG = 80;

const drifted = (drift: readonly Drifted[]): string =>
  `it differs from its template in ${drift.map(({ property }) => property).join(', ')}; deploy its stack, or change the template`;

const allow = (unread: readonly { readonly action: string }[]): string =>
  `allow ${[...new Set(unread.map(({ action }) => action))].toSorted().join(', ')}`;

/** Findings with what the account has to do with them: drift of their resource, and actions that were refused. */
export function explained(findings: readonly Finding[], live: LiveSet): Finding[] {
  const drifts = byPlace(live.drifts);
  const unread = byPlace(live.unread);
  return findings.map((finding) => {
    const place = placeOf(finding.stack, finding.resource);
    const drift = drifts.get(place);
    const refused = finding.status === 'indeterminate' ? unread.get(place) : undefined;
    return {
      ...finding,
      ...(drift ? { drift } : {}),
      ...(refused ? { message: `${finding.message} (${refused[0]?.why ?? ''})`, remedy: allow(refused) } : {}),
    };
  });
}

const byPlace = <T>(map: ReadonlyMap<Resource, T>): ReadonlyMap<string, T> =>
  new Map([...map].map(([resource, value]) => [placeOf(resource.stack.name, resource.logicalId), value]));

const placeOf = (stack = '', resource = ''): string => `${stack}#${resource}`;
