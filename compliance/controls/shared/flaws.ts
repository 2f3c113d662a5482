import type { Resource } from '../../templates/template-set';
import type { Judgement } from '../control';

/** One thing of a resource that is wrong, or that the template does not show. */
export interface Flaw {
  readonly answer: 'unmet' | 'indeterminate';
  readonly message: string;
}

export const wrong = (message: string): Flaw => ({ answer: 'unmet', message });

export const hidden = (message: string): Flaw => ({ answer: 'indeterminate', message });

/** One judgement for all flaws of a resource: what is wrong is told before what is hidden. */
export function verdict(resource: Resource, flaws: readonly Flaw[], fine: string): Judgement {
  const worst = flaws.filter(({ answer }) => answer === 'unmet');
  const told = worst.length > 0 ? worst : flaws;
  const message = [...new Set(told.map((flaw) => flaw.message))].join('; ');
  return { answer: told[0]?.answer ?? 'met', resource, message: message || fine };
}
