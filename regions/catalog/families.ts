/** Family of an instance type: `g6e` of `g6e.2xlarge`. */
export const familyOf = (type: string): string => type.split('.', 1)[0] ?? type;

const isBareMetal = (type: string): boolean => type.split('.')[1]?.startsWith('metal') ?? false;

/** Families the catalogue tracks, listed in `data/instance-types.json`; add one there and refresh to learn of its sizes. */
export interface Families {
  readonly gpu: readonly string[];
  readonly media: readonly string[];
}

/** Media families are tracked without their bare-metal sizes, which boot in minutes and hold no more calls. */
export function isTracked(type: string, families: Families): boolean {
  const family = familyOf(type);
  return families.gpu.includes(family) || (families.media.includes(family) && !isBareMetal(type));
}

/**
 * Shortest list of tokens for the types an AZ offers: a family's name for all its known sizes, the type's own name
 * otherwise. `expandTokens` with the same known types gives the types back.
 */
export function compactTypes(offered: ReadonlySet<string>, known: readonly string[]): string[] {
  const sizes = byFamily(known);
  const tokens = [...byFamily([...offered])].flatMap(([family, types]) => {
    const all = sizes.get(family) ?? [];
    const whole = all.length === types.length && all.every((type) => offered.has(type));
    return whole ? [family] : types;
  });
  return tokens.toSorted();
}

/** Types that tokens stand for. A family without known sizes stands for none: nothing is guessed. */
export function expandTokens(tokens: readonly string[], known: readonly string[]): ReadonlySet<string> {
  const sizes = byFamily(known);
  return new Set(tokens.flatMap((token) => (token.includes('.') ? [token] : (sizes.get(token) ?? []))).toSorted());
}

function byFamily(types: readonly string[]): Map<string, string[]> {
  const families = new Map<string, string[]>();
  for (const type of new Set(types)) {
    const family = familyOf(type);
    const sizes = families.get(family) ?? [];
    sizes.push(type);
    families.set(family, sizes);
  }
  return families;
}
