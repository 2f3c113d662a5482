import { uuidOf } from '../../../controls/formats/oscal-ids';
import type { Finding, Posture } from '../../posture';
import { oneLine } from '../clean';
import { gathered } from '../grouping';
import { foundText } from '../words';
import { dayTime, line, observationUuid, ORIGINS, prop, type Named } from './parts';

/** What is open or waived, a risk for each control, answer and waiver. */
export const risksOf = ({ name, findings }: Named, posture: Posture): readonly object[] =>
  gathered(findings.filter(isRisk), keyOf).flatMap((same) =>
    same.slice(0, 1).map((finding) => riskOf(finding, same, riskUuid(name, finding, posture), posture)),
  );

export const isRisk = ({ status }: Finding): boolean =>
  status === 'unmet' || status === 'indeterminate' || status === 'waived';

export const riskUuid = (unit: string, finding: Finding, { sha256 }: Posture): string =>
  uuidOf(`risk ${sha256} ${unit} ${keyOf(finding)}`);

const keyOf = ({ control, status, waiver }: Finding): string => JSON.stringify([control, status, waiver]);

function riskOf(finding: Finding, same: readonly Finding[], uuid: string, posture: Posture): object {
  const { title, control, status, severity, waiver } = finding;
  const remedies = [...new Set(same.flatMap(({ remedy }) => (remedy === undefined ? [] : oneLine(remedy))))];
  return {
    uuid,
    title: line(`${control} is not shown to hold`),
    description: [...new Set(same.map(foundText))].join('\n\n'),
    statement: line(`It is not shown that: ${title}`),
    props: [prop('severity', severity), prop('status', status), ...(waiver ? [prop('owner', waiver.owner)] : [])],
    status: waiver ? 'deviation-approved' : 'open',
    origins: ORIGINS,
    ...(waiver ? { deadline: dayTime(waiver.expires) } : {}),
    ...(remedies.length > 0 ? { remediations: [remediation(uuid, remedies)] } : {}),
    ...(waiver ? { 'risk-log': { entries: [deviation(uuid, waiver, posture)] } } : {}),
    'related-observations': same.map((one) => ({ 'observation-uuid': observationUuid(one, posture) })),
  };
}

const remediation = (risk: string, remedies: readonly string[]): object => ({
  uuid: uuidOf(`remediation ${risk}`),
  lifecycle: 'recommendation',
  title: 'What to change',
  description: remedies.join('\n\n'),
});

/** The ledger says until when somebody answers for it, not since when: the entry is of the day it was seen. */
const deviation = (
  risk: string,
  { reason, owner, expires }: NonNullable<Finding['waiver']>,
  { inputs }: Posture,
): object => ({
  uuid: uuidOf(`deviation ${risk}`),
  title: 'Waived',
  description: line(reason),
  start: dayTime(inputs.asOf),
  end: dayTime(expires),
  props: [prop('owner', owner)],
  'status-change': 'deviation-approved',
});
