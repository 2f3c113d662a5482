import type { Resource } from '../../templates/template-set';
import { told, type Judgement } from '../control';

/** One thing of a resource that is wrong, or that the template does not show. */
export interface Flaw {
  readonly answer: 'unmet' | 'indeterminate';
  readonly message: string;
  readonly remedies?: readonly string[];
}

export const wrong = (text: string): Flaw => ({ answer: 'unmet', ...told(text) });

export const hidden = (text: string): Flaw => ({ answer: 'indeterminate', ...told(text) });

/** What another control says against a resource. */
export const flawsIn = ({ answer, message, remedies = [] }: Judgement, before = ''): readonly Flaw[] =>
  answer === 'met' ? [] : [{ answer, message: `${before}${message}`, remedies }];

/** One judgement for all flaws of a resource: what is wrong is told before what is hidden. */
export function verdict(resource: Resource, flaws: readonly Flaw[], fine: string): Judgement {
  const worst = flaws.filter(({ answer }) => answer === 'unmet');
  const [first, ...others] = worst.length > 0 ? worst : flaws;
  if (!first) return { answer: 'met', resource, message: fine };
  const all = [first, ...others];
  const message = [...new Set(all.map((flaw) => flaw.message))].join('; ');
  const remedies = [...new Set(all.flatMap((flaw) => flaw.remedies ?? []))];
  return { answer: first.answer, resource, message, remedies };
}
