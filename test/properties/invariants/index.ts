import * as addresses from './addresses';
import * as capacity from './capacity';
import * as document from './document';
import type { Invariant, Planned } from './invariant';
import * as lifecycle from './lifecycle';
import * as names from './names';
import * as placement from './placement';
import * as records from './records';

export type { Planned } from './invariant';

const INVARIANTS: Readonly<Record<string, Invariant>> = {
  ...placement,
  ...addresses,
  ...capacity,
  ...records,
  ...names,
  ...lifecycle,
  ...document,
};

/** The invariants that a plan breaks, with what breaks them. */
export const brokenBy = (planned: Planned): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(INVARIANTS)
      .map(([name, invariant]) => [name, invariant(planned)] as const)
      .filter(([, complaints]) => complaints.length > 0),
  );
