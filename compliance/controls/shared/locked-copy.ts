import type { DataClass } from '../../../regions/config/schema';
import type { Resource } from '../../templates/template-set';
import { met, unclear, unmet, type Judgement } from '../control';
import type { Evidence } from '../evidence';
import { deliveryOf } from './delivery';
import { locksFor, lockOf } from './object-lock';

export interface CopyAsked {
  readonly dataClass: DataClass;
  readonly lockMode: string;
  readonly floorDays: number;
}

/** Whether a store that cannot be locked itself is delivered to a bucket that locks what it gets. */
export function lockedCopy(evidence: Evidence, store: Resource, asked: CopyAsked): Judgement {
  const { dataClass, lockMode, floorDays } = asked;
  const { buckets, leadsOut } = deliveryOf(evidence, store);
  const ofClass = buckets.filter((bucket) => evidence.dataClassOf(bucket) === dataClass);
  const locked = ofClass.find((bucket) => locksFor(lockOf(evidence, bucket), lockMode, floorDays));
  if (locked) return met(store, `it is delivered to ${locked.logicalId}, which locks for ${floorDays} days and more`);
  if (leadsOut || ofClass.some((bucket) => !lockOf(evidence, bucket).known))
    return unclear(
      store,
      'what it is delivered to cannot be read; put stream, delivery and bucket into these templates',
    );
  const [other] = ofClass.length > 0 ? ofClass : buckets;
  const want = `a bucket of class ${dataClass} locked in ${lockMode} mode for ${floorDays} days`;
  if (!other) return unmet(store, `nothing delivers its items to ${want}; add a stream and a delivery`);
  return unmet(store, `it is delivered to ${other.logicalId}, which is not ${want}`);
}
