import { feasibility } from '../catalog';
import type { RegionConfig } from '../config/schema';

/** Every instance type a cell needs, so that an AZ id is only planned when it offers them all. */
export function typesOf(region: RegionConfig): string[] {
  const { stt, llm, tts } = region.inference;
  return [...new Set([region.edge, region.media, stt, llm, tts].map((part) => part.instanceType))].toSorted();
}

/** AZ ids of the cells: those declared, or the first feasible ones by id so that the same input always gives the same cells. */
export function placeCells(name: string, region: RegionConfig): readonly string[] {
  if ('azIds' in region.cells) return region.cells.azIds;
  return feasibility(name, typesOf(region))
    .filter((az) => az.missing.length === 0)
    .map((az) => az.azId)
    .toSorted()
    .slice(0, region.cells.count);
}
