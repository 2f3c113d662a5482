import { DATA_CLASSES, type DataClass, type Settlement } from '../../regions/config/schema';
import { hasEnded } from '../../regions/config/settlements';
import type { MergedRequirement } from '../requirements';
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
    'No class of data has, over all that is asked, a floor above its ceiling; settledBy of the ceiling, until it expires, or an attestation with the id PRV-04 settles one that has.',
  live: 'none: it is a property of the requirements',
  check: (evidence) => DATA_CLASSES.flatMap((dataClass) => judge(evidence, dataClass)),
};

function judge(evidence: Evidence, dataClass: DataClass): Judgement[] {
  const requirement = evidence.scope.requirements[dataClass];
  const { floorDays, ceilingDays, settledBy } = requirement;
  if (ceilingDays === undefined) return [];
  if (floorDays <= ceilingDays)
    return [overall('met', `${dataClass} must be kept ${floorDays} days and may be kept ${ceilingDays}`)];
  const { attestations, today } = evidence.scope;
  const isPast = settledBy !== undefined && today !== undefined && hasEnded(settledBy, today);
  const conflict = conflictOf(dataClass, requirement);
  if (settledBy && !isPast) return [overall('met', `${conflict}; ${settlementOf(settledBy)}`)];
  if (attestations.some(({ id }) => id === SETTLED.ids[0])) return [attested(evidence, SETTLED)];
  return [overall('unmet', `${conflict}; ${isPast ? renewalOf(settledBy) : 'drop one, or settle which wins'}`)];
}

const conflictOf = (dataClass: DataClass, { floorDays, ceilingDays, sides }: MergedRequirement): string =>
  `${dataClass} must be kept ${floorDays} days (${sides.floor.join(', ')}) and be gone after ${ceilingDays} (${sides.ceiling.join(', ')})`;

const settlementOf = ({ approver, legalBasis, expires }: Settlement): string =>
  `${approver} attested until ${expires} that the longer duty wins: ${legalBasis}`;

const renewalOf = ({ approver, expires }: Settlement): string =>
  `what ${approver} settled is stale: it ended on ${expires}; decide anew`;

/** A legal duty to keep wins over a duty to delete (GDPR Article 17(3)(b)), but somebody has to decide that it does. */
const SETTLED = { ids: ['PRV-04'], what: 'a legal basis settles which of floor and ceiling wins' } as const;
