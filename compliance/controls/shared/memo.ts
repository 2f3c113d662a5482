import type { Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';

/** The same answer for the same resource of the same evidence, computed once: several controls ask. */
export function perResource<T>(compute: (evidence: Evidence, resource: Resource) => T): typeof compute {
  const answersOf = perEvidence(() => new Map<Resource, { readonly answer: T }>());
  return (evidence, resource) => {
    const answers = answersOf(evidence);
    const known = answers.get(resource);
    if (known) return known.answer;
    const answer = compute(evidence, resource);
    answers.set(resource, { answer });
    return answer;
  };
}

/** The same for evidence as a whole. */
export function perEvidence<T>(compute: (evidence: Evidence) => T): typeof compute {
  return (evidence) => {
    const { memory } = evidence;
    if (memory.has(compute)) return memory.get(compute) as T;
    const answer = compute(evidence);
    memory.set(compute, answer);
    return answer;
  };
}
