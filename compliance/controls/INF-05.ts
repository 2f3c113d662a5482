import { CARRIES_NO_CALL_DATA, HIPAA_ELIGIBLE } from '../frameworks/hipaa-eligible';
import { asString, type Resource } from '../templates/template-set';
import { overall, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { attested } from './shared/attested';

/** A service nobody has classified counts as one that can carry calls. */
export const INF_05: Control = {
  id: 'INF-05',
  title: 'Call data passes only through services that the agreement with AWS covers.',
  citations: [{ authority: 'hipaa', text: '45 CFR 164.308(b)(1); 164.314(a)' }],
  severity: 'error',
  sources: ['A14', 'GK'],
  checkedOn: '2026-11-26',
  builds: 'Services of the table frameworks/hipaa-eligible.ts only.',
  onTemplate:
    'Every resource type that can carry call data belongs to a service of the dated table, or an attestation with the id INF-05 names the service.',
  live: 'none: AWS publishes its list as a page',
  check: (evidence) => {
    const services = new Set(evidence.set.resources.map(serviceOf).filter(canCarryCalls));
    return [...services].flatMap((service) => judge(evidence, service));
  },
};

function judge(evidence: Evidence, service: string): Judgement[] {
  const known = HIPAA_ELIGIBLE[service];
  if (known) return [overall('met', `${known.service} is listed (${known.basis}, ${known.checkedOn})`)];
  const isNamed = evidence.scope.attestations.some(
    ({ id, statement }) => id === ID && words(statement).includes(service),
  );
  if (isNamed) return [attested(evidence, { ids: [ID], what: `${service} is eligible` })];
  return evidence.set.resources
    .filter((resource) => serviceOf(resource) === service)
    .map((resource) =>
      unmet(resource, `${service} is not in the table of eligible services; replace it, or attest it`),
    );
}

const ID = 'INF-05';

/** `AWS::Kinesis` of `AWS::Kinesis::Stream`; types of other vendors keep theirs, `Datadog::Monitors`. */
const serviceOf = ({ type }: Resource): string => (asString(type) ?? '').split('::').slice(0, 2).join('::');

/** Of a custom resource the template shows what makes it: a function, which is judged by itself. */
const canCarryCalls = (service: string): boolean =>
  !service.startsWith('Custom::') && !CARRIES_NO_CALL_DATA.has(service);

const words = (text: string): readonly string[] => text.split(/[\s,;()]+|\.(?=\s|$)/);
