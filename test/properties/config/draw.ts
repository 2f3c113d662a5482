import { boolean, integer, shuffledSubarray, type Arbitrary, type GeneratorValue } from 'fast-check';

/** Draws one value after another; what is drawn may depend on what was. */
export type Draw = GeneratorValue;

/**
 * What draws is made once for each key. `g` compares the arguments of every call with those of all before, which after a
 * thousand deployments costs more than all else.
 */
function remembered<K extends readonly number[], T>(make: (...key: K) => Arbitrary<T>) {
  const known = new Map<string, () => Arbitrary<T>>();
  return (g: Draw, ...key: K): T => {
    const name = key.join();
    const builder = known.get(name) ?? (() => make(...key));
    known.set(name, builder);
    return g(builder);
  };
}

export function oneOf<T>(g: Draw, values: readonly T[]): T {
  if (values.length === 0) throw new RangeError('nothing to draw from');
  return values[between(g, 0, values.length - 1)] as T;
}

export const chance = (g: Draw): boolean => g(boolean);

/** A whole number, both ends included. */
export const between = remembered((min: number, max: number) => integer({ min, max }));

/** A whole number, as often among the small as among the large: 1 to 10 as often as 10,000 to 100,000. */
export const scaled = (g: Draw, min: number, max: number): number =>
  Math.round(min * (max / min) ** (between(g, 0, 1000) / 1000));

/** Some of the values, each at most once, in any order. */
export const some = <T>(g: Draw, values: readonly T[], least = 0, most = values.length): T[] =>
  positions(g, values.length, least, Math.min(most, values.length)).map((position) => values[position] as T);

const positions = remembered((length: number, minLength: number, maxLength: number) =>
  shuffledSubarray([...Array(length).keys()], { minLength, maxLength }),
);

/** A list of as many values as drawn. */
export const several = <T>(g: Draw, least: number, most: number, draw: (index: number) => T): T[] =>
  Array.from({ length: between(g, least, most) }, (_, index) => draw(index));

/** A key that may be left out. */
export const optional = <K extends string, V>(g: Draw, key: K, draw: () => V): Partial<Record<K, V>> =>
  chance(g) ? ({ [key]: draw() } as Record<K, V>) : {};
