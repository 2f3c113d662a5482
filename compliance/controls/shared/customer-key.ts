import { isKnown } from '../../templates/evaluate';
import { tagOf, type Resource } from '../../templates/template-set';
import { met, shown, unclear, unmet, type Judgement } from '../control';
import { DATA_CLASS_TAG } from '../evidence';

/** Whose the key is that a property names. */
export type KeyOwner = 'customer' | 'aws' | 'nobody' | 'unknown';

export function keyOwner(value: unknown): KeyOwner {
  if (value === undefined || value === '') return 'nobody';
  if (typeof value !== 'string' || !isKnown(value)) return 'unknown';
  return /(?:^|:)alias\/aws\//.test(value) ? 'aws' : 'customer';
}

/** Whether the property that names a resource's key names one of the customer. */
export function judgeKey(resource: Resource, property: string, value: unknown): Judgement {
  const owner = keyOwner(value);
  if (owner === 'customer') return met(resource, `${property} is a key of your own`);
  if (owner === 'unknown') return unclear(resource, `its key cannot be read; write ${property} out`);
  if (owner === 'nobody') return unmet(resource, `it names no key of your own; set ${property}`);
  return unmet(resource, `${property} is ${shown(value)}, a key of AWS; name a key of your own`);
}

/** Whether a store says that it holds nothing of a call. One that says nothing may hold anything. */
export const declaresNothing = (store: Resource): boolean => tagOf(store, DATA_CLASS_TAG) === 'none';
