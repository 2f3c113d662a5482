import { shown } from '../../../controls/control';
import type { Finding, Posture } from '../../posture';
import { oneLine } from '../clean';
import { uriOf } from '../uri';
import { foundText } from '../words';
import { dayTime, line, observationUuid, ORIGINS, prop } from './parts';
import { subjectOf } from './subjects';

/** One finding as it was seen. */
export const observationOf = (finding: Finding, posture: Posture): object => ({
  uuid: observationUuid(finding, posture),
  title: line(`${finding.control} ${finding.status}`),
  description: line(foundText(finding)),
  props: [
    prop('control-id', finding.control.toLowerCase()),
    prop('status', finding.status),
    prop('fingerprint', finding.fingerprint),
  ],
  // Somebody's word was taken, an account asked, or a document read.
  methods: [finding.status === 'attested' ? 'INTERVIEW' : METHODS[posture.inputs.mode]],
  types: ['control-objective'],
  origins: ORIGINS,
  subjects: [subjectOf(finding)],
  'relevant-evidence': evidenceOf(finding),
  collected: dayTime(posture.inputs.asOf),
  ...(finding.attestedUntil === undefined ? {} : { expires: dayTime(finding.attestedUntil) }),
});

const METHODS: Readonly<Record<Posture['inputs']['mode'], string>> = {
  template: 'EXAMINE',
  deployment: 'EXAMINE',
  live: 'TEST',
};

const evidenceOf = ({ location, message, drift = [] }: Finding): object[] => [
  {
    ...(location ? { href: uriOf(location.file) } : {}),
    description: line(message),
    ...(location ? { props: [prop('line', String(location.line))] } : {}),
  },
  ...drift.map(({ property, template, live }) => ({
    description: oneLine(`${property}: ${shown(template)} in the template, ${shown(live)} in the account`),
  })),
];
