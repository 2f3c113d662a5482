import type { Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';

/** The same answer for the same resource of the same evidence, computed once: several controls ask. */
export function perResource<T>(compute: (evidence: Evidence, resource: Resource) => T): typeof compute {
  const known = new WeakMap<Evidence, Map<Resource, T>>();
  return (evidence, resource) => {
    const answers = known.get(evidence) ?? new Map<Resource, T>();
    known.set(evidence, answers);
    if (!answers.has(resource)) answers.set(resource, compute(evidence, resource));
    return answers.get(resource) as T;
  };
}

/** The same for evidence as a whole. */
export function perEvidence<T>(compute: (evidence: Evidence) => T): typeof compute {
  const known = new WeakMap<Evidence, { readonly answer: T }>();
  return (evidence) => {
    const found = known.get(evidence) ?? { answer: compute(evidence) };
    known.set(evidence, found);
    return found.answer;
  };
}
