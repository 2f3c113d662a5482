import { compactTypes } from '../families';
import type { InstanceType } from '../types';
import { canonical, isEmpty, type AzChange, type CatalogDiff, type SpecChange } from './diff';
import type { KeptRegion, Refreshed } from './refresh';

const FIELDS: readonly (keyof InstanceType)[] = [
  'vcpu',
  'memMiB',
  'arch',
  'gpu',
  'localNvmeGB',
  'baselineGbps',
  'encryptionInTransit',
  'placement',
];

/** A refresh as text: what changed, what was kept as it was, and a count of both. */
export function renderRefresh(diff: CatalogDiff, { next, read, kept }: Refreshed): string {
  const known = [...next.instanceTypes.keys()];
  return [
    ...diff.azs.flatMap((change) => azLines(change, known)),
    ...diff.specs.map(specLine),
    ...(isEmpty(diff) ? ['no change'] : []),
    ...reasons(kept).map((reason) => `not read and left as it was: ${reason}`),
    `regions read: ${read.length}, left: ${kept.length}; changed: AZs ${diff.azs.length}, types ${diff.specs.length}`,
  ].join('\n');
}

/** Regions that were not read, together where the reason is the same: `us-west-1, us-west-2 (UnauthorizedOperation …)`. */
export function reasons(kept: readonly KeptRegion[]): string[] {
  const because = new Set(kept.map((region) => region.because));
  return [...because].map((reason) => {
    const regions = kept.filter((region) => region.because === reason).map(({ region }) => region);
    return `${regions.join(', ')} (${reason})`;
  });
}

const AZ_NOTE = { added: ' (new AZ)', removed: ' (AZ gone)', same: '' } as const;

function azLines({ region, azId, az, added, removed }: AzChange, known: readonly string[]): string[] {
  const line = (sign: string, types: readonly string[]): string[] =>
    types.length > 0 ? [`  ${sign} ${compactTypes(new Set(types), known).join(' ')}`] : [];
  return [`${region} ${azId}${AZ_NOTE[az]}`, ...line('+', added), ...line('-', removed)];
}

function specLine({ type, before, after }: SpecChange): string {
  if (!before) return `+ ${type} ${canonical(after)}`;
  const changed = FIELDS.filter((key) => canonical(before[key]) !== canonical(after[key]));
  const changes = changed.map((key) => `${key} ${shown(before[key])} -> ${shown(after[key])}`);
  return `~ ${type} ${changes.join(', ')}`;
}

const shown = (value: unknown): string => (value === undefined ? 'unknown' : canonical(value));
