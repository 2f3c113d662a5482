import type { AuditUnit } from '../../findings';
import type { Place } from './finding';

/** The resource of the templates that has this physical name in the region. */
export function placeIn(audited: AuditUnit, named: Pick<Place, 'region' | 'type' | 'name'>): Place {
  const { evidence } = audited;
  const { region, type, name } = named;
  const resource = evidence.ofType(type).find((one) => evidence.nameOf(one) === name && one.stack.region === region);
  return { ...named, audited, resource };
}
