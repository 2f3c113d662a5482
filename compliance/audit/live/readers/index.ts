import type { LiveReader } from '../reading';
import { DATA_READERS } from './data';
import { PLATFORM_READERS } from './platform';

export const READERS: readonly LiveReader[] = [...DATA_READERS, ...PLATFORM_READERS];

/** Readers of any of these types. */
export function readersFor(types: readonly string[]): readonly LiveReader[] {
  const wanted = new Set(types);
  return READERS.filter((reader) => reader.types.some((type) => wanted.has(type)));
}
