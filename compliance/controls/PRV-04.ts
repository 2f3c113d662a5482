import { DATA_CLASSES, type DataClass } from '../../regions/config/schema';
import { overall, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { attested } from './shared/attested';

/** Nothing on a template can heal this: a lock for the floor breaks the ceiling, and disposal at the ceiling the floor. */
export const PRV_04: Control = {
  id: 'PRV-04',
  title: 'Nothing must be kept longer than it may be kept.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 P4.2' }],
  severity: 'error',
  sources: ['A11'],
  checkedOn: '2026-11-22',
  builds: 'A merge of all chosen frameworks and contracts; a deployment whose floors exceed its ceilings is refused.',
  onTemplate:
    'No class of data has, over all that is asked, a floor above its ceiling; an attestation with the id PRV-04 settles one that has.',
  live: 'none: it is a property of the requirements',
  check: (evidence) => DATA_CLASSES.flatMap((dataClass) => judge(evidence, dataClass)),
};

function judge(evidence: Evidence, dataClass: DataClass): Judgement[] {
  const { floorDays, ceilingDays, sides } = evidence.scope.requirements[dataClass];
  if (ceilingDays === undefined) return [];
  if (floorDays <= ceilingDays)
    return [overall('met', `${dataClass} must be kept ${floorDays} days and may be kept ${ceilingDays}`)];
  const settled = evidence.scope.attestations.some(({ id }) => id === SETTLED.ids[0]);
  if (settled) return [attested(evidence, SETTLED)];
  const [keep, drop] = [sides.floor.join(', '), sides.ceiling.join(', ')];
  return [
    overall(
      'unmet',
      `${dataClass} must be kept ${floorDays} days (${keep}) and be gone after ${ceilingDays} (${drop}); drop one, or attest which wins`,
    ),
  ];
}

/** A legal duty to keep wins over a duty to delete (GDPR Article 17(3)(b)), but somebody has to decide that it does. */
const SETTLED = { ids: ['PRV-04'], what: 'a legal basis settles which of floor and ceiling wins' } as const;
