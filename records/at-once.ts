/** Does the work of each, so many at once, and gives the results in the order of the values. */
export async function atOnce<T, R>(most: number, values: readonly T[], work: (value: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = values.entries();
  const worker = async (): Promise<void> => {
    for (const [index, value] of waiting) results[index] = await work(value);
  };
  await Promise.all(Array.from({ length: Math.min(most, values.length) }, worker));
  return results;
}
