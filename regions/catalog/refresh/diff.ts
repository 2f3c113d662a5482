import type { AzOfferings, Catalog, InstanceType } from '../types';

export interface AzChange {
  readonly region: string;
  readonly azId: string;
  /** Whether the AZ itself came or went; `same` when only its types changed. */
  readonly az: 'added' | 'removed' | 'same';
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export interface SpecChange {
  readonly type: string;
  /** Undefined for a type the catalogue did not know. */
  readonly before?: InstanceType;
  readonly after: InstanceType;
}

export interface CatalogDiff {
  readonly azs: readonly AzChange[];
  readonly specs: readonly SpecChange[];
}

/** What differs from one catalogue to another, in order of region, AZ id and type. */
export function diffCatalogs(before: Catalog, after: Catalog): CatalogDiff {
  const regions = union(before.offerings.keys(), after.offerings.keys());
  return {
    azs: regions.flatMap((region) =>
      diffAzs(region, before.offerings.get(region)?.azIds, after.offerings.get(region)?.azIds),
    ),
    specs: [...after.instanceTypes.keys()].toSorted().flatMap((type) => diffSpec(type, before, after)),
  };
}

export const isEmpty = ({ azs, specs }: CatalogDiff): boolean => azs.length === 0 && specs.length === 0;

const NONE: AzOfferings = new Map();

function diffAzs(region: string, before: AzOfferings = NONE, after: AzOfferings = NONE): AzChange[] {
  return union(before.keys(), after.keys())
    .map((azId) => diffAz(region, azId, before.get(azId), after.get(azId)))
    .filter(({ az, added, removed }) => az !== 'same' || added.length > 0 || removed.length > 0);
}

function diffAz(region: string, azId: string, before?: ReadonlySet<string>, after?: ReadonlySet<string>): AzChange {
  const [old, now] = [[...(before ?? [])], [...(after ?? [])]];
  return {
    region,
    azId,
    az: before ? (after ? 'same' : 'removed') : 'added',
    added: now.filter((type) => !before?.has(type)).toSorted(),
    removed: old.filter((type) => !after?.has(type)).toSorted(),
  };
}

function diffSpec(type: string, before: Catalog, after: Catalog): SpecChange[] {
  const [old, now] = [before.instanceTypes.get(type), after.instanceTypes.get(type)];
  if (!now || canonical(old) === canonical(now)) return [];
  return [old ? { type, before: old, after: now } : { type, after: now }];
}

/** JSON with keys in order, so that two equal specs are equal whatever read them. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? '';

const union = (a: Iterable<string>, b: Iterable<string>): string[] => [...new Set([...a, ...b])].toSorted();
