import { BASES } from '../../media/contract';
import { lockedImage, type Lock } from '../lock';
import type { CellPlan } from './cell-types';
import type { BaseImage } from './types';

const ASSET = 'asset:';

/** What the kit's own images in these cells are built on, each folder once, in the order of their names. */
export const basesFor = (cells: readonly CellPlan[], lock: Lock): readonly BaseImage[] =>
  [...new Set(cells.flatMap(foldersOf))].toSorted().flatMap((folder) => {
    const reference = Object.hasOwn(BASES, folder) ? BASES[folder] : undefined;
    if (reference === undefined) return [];
    const digest = lockedImage(lock, reference);
    return [{ folder, reference, ...(digest ? { digest } : {}) }];
  });

const foldersOf = ({ edge, media, inference }: CellPlan): string[] => [
  ...[...edge.containers, ...media.containers]
    .map(({ image }) => image)
    .filter((image) => image.startsWith(ASSET))
    .map((image) => image.slice(ASSET.length)),
  ...(inference.some(({ weights }) => weights === 'staged') ? ['loader'] : []),
];
