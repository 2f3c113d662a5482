import { types } from 'node:util';
import type { Unknown } from './answer';
import { isOutside, reasonOf } from './reasons';

/** Raised by us when a question takes too long. */
export class Late extends Error {
  override readonly name = 'Late';
}

/** Raised by us when an answer lacks what was asked for. */
export class Incomplete extends Error {
  override readonly name = 'Incomplete';
}

/** The value of an answer that always has one. */
export function given<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Incomplete(`no ${what} in the answer`);
  return value;
}

/**
 * An error of AWS, of the credentials or of the network as an unknown answer.
 * @throws the error itself when it is none of these: a defect of ours, not a fact about an account
 */
export function unknownOf(error: unknown, action: string, region: string): Unknown {
  if (!types.isNativeError(error) || !isOutside(error)) throw error;
  return { known: false, action, ...reasonOf(error, action, region) };
}

/** The value for an error of these names, which is an answer; any other error goes on. */
export const answering =
  <T>(value: T, ...names: readonly string[]) =>
  (error: unknown): T => {
    if (types.isNativeError(error) && names.includes(error.name)) return value;
    throw error;
  };
