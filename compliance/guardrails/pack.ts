import { minified, type Denial, type Guardrail } from './guardrail';
import { LIMITS, tooLarge } from './limits';

type ControlPolicy = 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';

/** What the documents of a split policy share. */
export interface Kind<Type extends ControlPolicy> {
  readonly id: string;
  readonly type: Type;
  readonly name: string;
  readonly description: string;
}

export interface Packed<Type extends ControlPolicy> {
  readonly policies: readonly Guardrail<Type>[];
  readonly problems: readonly string[];
}

/** Statements in as few documents as AWS takes, in order; one that is too large by itself is a problem, never cut. */
export function packed<Type extends ControlPolicy>(kind: Kind<Type>, denials: readonly Denial[]): Packed<Type> {
  const problems = denials.flatMap(
    (denial) => tooLarge(kind.type, `${kind.id}, statement ${denial.statement.Sid}`, sizeOf([denial])) ?? [],
  );
  if (problems.length > 0) return { policies: [], problems };
  const parts = partsOf(denials, LIMITS[kind.type].characters);
  const suffix = (index: number): string => (parts.length > 1 ? `-${index + 1}` : '');
  return { policies: parts.map((part, index) => policyOf(kind, part, suffix(index))), problems: [] };
}

function partsOf(denials: readonly Denial[], limit: number): readonly (readonly Denial[])[] {
  const parts: Denial[][] = [];
  for (const denial of denials) {
    const last = parts.at(-1);
    if (last && sizeOf([...last, denial]) <= limit) last.push(denial);
    else parts.push([denial]);
  }
  return parts;
}

const documentOf = (denials: readonly Denial[]): Readonly<Record<string, unknown>> => ({
  Version: '2012-10-17',
  Statement: denials.map(({ statement }) => statement),
});

const sizeOf = (denials: readonly Denial[]): number => minified(documentOf(denials)).length;

const policyOf = <Type extends ControlPolicy>(
  { id, type, name, description }: Kind<Type>,
  denials: readonly Denial[],
  suffix: string,
): Guardrail<Type> => ({
  id: `${id}${suffix}`,
  type,
  name: `${name}${suffix}`,
  description,
  effects: denials.map(({ denies }) => `denies ${denies}`),
  notes: denials.flatMap(({ notes = [] }) => notes),
  document: documentOf(denials),
  size: sizeOf(denials),
});
