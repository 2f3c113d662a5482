/** One address of a service, and how it did lately. */
export interface Replica {
  readonly address: string;
  readonly busy: number;
  readonly failures: number;
  /** Clock time until which it gets no traffic, ms. */
  readonly ejectedUntil: number;
}

/** Failures in a row that eject, and for how long: doubled at each further failure, at most a minute. */
const FAILURES = 2;
const EJECT_MS = 5_000;
const EJECT_MAX_MS = 60_000;

export const fresh = (address: string): Replica => ({ address, busy: 0, failures: 0, ejectedUntil: 0 });

/** What DNS lists now; a replica that stays keeps its record. An empty answer changes nothing: names fail, calls go on. */
export function merged(known: readonly Replica[], addresses: readonly string[]): readonly Replica[] {
  if (addresses.length === 0) return known;
  const byAddress = new Map(known.map((one) => [one.address, one]));
  return [...new Set(addresses)].toSorted().map((address) => byAddress.get(address) ?? fresh(address));
}

/** The least busy replica, among equals the one that comes first after `seed`; one that was tried only if no other is left. */
export function leastBusy(
  all: readonly Replica[],
  now: number,
  seed: number,
  tried: ReadonlySet<string>,
): Replica | undefined {
  const usable = candidates(all, now, tried);
  const turned = usable.map((_, at) => usable[(at + seed) % usable.length]).filter((one) => one !== undefined);
  return turned.reduce<Replica | undefined>((best, one) => (best && best.busy <= one.busy ? best : one), undefined);
}

/** The replica of a call: the same one as long as it is usable, by rendezvous, so that a lost one moves only its own calls. */
export function sticky(
  all: readonly Replica[],
  now: number,
  key: string,
  tried: ReadonlySet<string>,
): Replica | undefined {
  const ranked = candidates(all, now, tried).toSorted((a, b) => hash(key + b.address) - hash(key + a.address));
  return ranked[0];
}

export const used = (one: Replica, by: 1 | -1): Replica => ({ ...one, busy: Math.max(0, one.busy + by) });

export const succeeded = (one: Replica): Replica => ({ ...one, failures: 0, ejectedUntil: 0 });

export function failed(one: Replica, now: number): Replica {
  const failures = one.failures + 1;
  if (failures < FAILURES) return { ...one, failures };
  return { ...one, failures, ejectedUntil: now + Math.min(EJECT_MAX_MS, EJECT_MS * 2 ** (failures - FAILURES)) };
}

/** With every replica ejected all are tried: one that may be down is better than none. */
function candidates(all: readonly Replica[], now: number, tried: ReadonlySet<string>): readonly Replica[] {
  const untried = all.filter(({ address }) => !tried.has(address));
  const pool = untried.length > 0 ? untried : all;
  const healthy = pool.filter(({ ejectedUntil }) => ejectedUntil <= now);
  return healthy.length > 0 ? healthy : pool;
}

/** FNV-1a with a last mix, so that addresses that differ in one digit spread. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  return (value ^ (value >>> 16)) >>> 0;
}
