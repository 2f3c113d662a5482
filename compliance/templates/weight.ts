/** Whether a value has fewer characters and parts than that, counted as often as they are referred to. */
export const weighsLess = (value: unknown, most: number): boolean => leftOf(value, most) > 0;

/** What is left of a budget after a value; it is no longer counted once nothing is. */
export function leftOf(value: unknown, budget: number): number {
  if (typeof value === 'string') return budget - value.length - 1;
  if (typeof value !== 'object' || value === null) return budget - 1;
  let rest = budget - 1;
  for (const key in value) {
    if (rest <= 0) return rest;
    rest = leftOf(value[key as keyof typeof value], rest - key.length);
  }
  return rest;
}
