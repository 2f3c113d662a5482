import type { Mutant } from './mutant';

/** One mutant of every kind, from here and there among deployments and resources; always the same. */
export function oneOfEachKind(mutants: readonly Mutant[]): readonly Mutant[] {
  const kinds = new Map<string, Mutant[]>();
  for (const mutant of mutants) {
    const kind = kindOf(mutant);
    const known = kinds.get(kind);
    if (known) known.push(mutant);
    else kinds.set(kind, [mutant]);
  }
  return [...kinds.values()].flatMap((all, index) => all[(index * STRIDE) % all.length] ?? []);
}

/** A prime, so that it meets every deployment and every kind of stack. */
const STRIDE = 37;

const kindOf = ({ id }: Mutant): string => id.split('/').slice(-2).join(' ');
