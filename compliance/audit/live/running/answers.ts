import { known, type Answer } from '../../../../aws/answer';

/** Many answers as one list; the first unknown one when there is any. */
export function every<T>(answers: readonly Answer<T>[]): Answer<readonly T[]> {
  const values: T[] = [];
  for (const answer of answers) {
    if (!answer.known) return answer;
    values.push(answer.value);
  }
  return known(values);
}

export const chunks = <T>(list: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));

export const unique = <T>(list: readonly T[]): readonly T[] => [...new Set(list)];
