import { uuidOf } from '../../../controls/formats/oscal-ids';
import { countOf } from '../../assess';
import { AUDIT_CONTROLS } from '../../audit-controls';
import type { Finding, Posture } from '../../posture';
import { gathered } from '../grouping';
import { countsText } from '../words';
import { line, observationUuid, ORIGINS, prop, type Named } from './parts';
import { isRisk, riskUuid } from './risks';

/** The verdict on each control, from all that was observed of it. */
export const findingsPart = ({ name, findings }: Named, posture: Posture): readonly object[] =>
  gathered(findings, ({ control }) => control).flatMap((same) =>
    same.slice(0, 1).map((first) => verdictOf(name, first, same, posture)),
  );

function verdictOf(unit: string, first: Finding, same: readonly Finding[], posture: Posture): object {
  const risks = [...new Set(same.filter(isRisk).map((finding) => riskUuid(unit, finding, posture)))];
  return {
    uuid: uuidOf(`finding ${posture.sha256} ${unit} ${first.control}`),
    title: line(`${first.control} ${first.title}`),
    description: countsText(countOf(same)),
    props: [
      prop('severity', first.severity),
      ...first.citations.map(({ authority, text }) => prop('citation', `${authority}: ${text}`)),
      ...AUDIT_CONTROLS.filter(({ id }) => id === first.control).map(({ live }) => prop('checked-live', live)),
    ],
    origins: ORIGINS,
    target: targetOf(first, same, risks.length === 0),
    'related-observations': same.map((one) => ({ 'observation-uuid': observationUuid(one, posture) })),
    ...(risks.length > 0 ? { 'related-risks': risks.map((uuid) => ({ 'risk-uuid': uuid })) } : {}),
  };
}

/** A waived control is not satisfied: somebody answers for that until a day. */
function targetOf({ control }: Finding, same: readonly Finding[], isSatisfied: boolean): object {
  const isAbout = same.some(({ status }) => status !== 'notApplicable');
  return {
    type: 'objective-id',
    'target-id': control.toLowerCase(),
    status: isSatisfied
      ? { state: 'satisfied', reason: isAbout ? 'pass' : 'other' }
      : { state: 'not-satisfied', reason: same.some(({ status }) => status === 'unmet') ? 'fail' : 'other' },
    ...(isAbout ? {} : { 'implementation-status': { state: 'not-applicable' } }),
  };
}
