import type { Kept } from './kept';
import { counted } from './words';

/** `2,192 days, COMPLIANCE`. */
export function keptText({ days, isForever, lockMode }: Kept): string {
  const time = isForever ? 'for ever' : days === undefined ? 'not known' : counted(days, 'day');
  return lockMode === undefined ? time : `${time}, ${lockMode}`;
}

/** `4 stores in 2 regions`. */
export function storesText({ stores }: Kept): string {
  const regions = regionsOf(stores).length;
  return `${counted(stores.length, 'store')}${regions > 0 ? ` in ${counted(regions, 'region')}` : ''}`;
}

export const regionsOf = (stores: Kept['stores']): string[] =>
  [...new Set(stores.flatMap(({ region }) => region ?? []))].toSorted();
