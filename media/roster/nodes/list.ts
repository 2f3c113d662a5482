import type { Roster } from './decide';

/** Sets of Kamailio's dispatcher, see `edge/kamailio/etc/nodes.cfg`. */
const OPEN = 1;
const CLOSED = 2;

/** The file Kamailio reads: a set and an address a line. */
export const listText = ({ open, closed }: Roster): string =>
  [...open.map((node) => `${OPEN} ${node}\n`), ...closed.map((node) => `${CLOSED} ${node}\n`)].join('');

/** The roster of a file that an earlier run wrote. */
export function readList(text: string): Roster {
  const entries = text.split('\n').map((line) => line.split(' '));
  const of = (set: number) => entries.flatMap(([first, uri]) => (first === String(set) && uri ? [uri] : []));
  return { open: of(OPEN), closed: of(CLOSED) };
}
