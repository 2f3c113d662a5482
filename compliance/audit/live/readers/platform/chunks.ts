import { both, known, mapAnswer, type Answer } from '../../../../../aws/answer';

/** Asks for as many at once as the service takes; of nothing, nothing. */
export async function inChunks<T>(
  ids: readonly string[],
  size: number,
  list: (chunk: string[]) => Promise<Answer<readonly T[]>>,
): Promise<Answer<readonly T[]>> {
  return allOf(await Promise.all(chunksOf(ids, size).map(list)));
}

/** Each once, so many together. */
export function chunksOf(ids: readonly string[], size: number): string[][] {
  const unique = [...new Set(ids)];
  const count = Math.ceil(unique.length / size);
  return Array.from({ length: count }, (_, at) => unique.slice(at * size, (at + 1) * size));
}

/** Lists as one, unknown when any is. */
export const allOf = <T>(answers: readonly Answer<readonly T[]>[]): Answer<readonly T[]> =>
  answers.reduce<Answer<readonly T[]>>(
    (all, next) => mapAnswer(both(all, next), ([some, more]) => [...some, ...more]),
    known([]),
  );

export function grouped<K, T>(all: readonly T[], keyOf: (one: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}
