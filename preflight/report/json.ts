import type { Preflight } from '../preflight';

/** A preflight for a program: every verdict, the ok ones too. Pure. */
export const jsonPreflight = (preflight: Preflight): string => JSON.stringify(preflight, undefined, 2);
