import { isDeepStrictEqual } from 'node:util';

/** One thing that must be so in the account, and how to ask the account. */
export interface Check {
  /** A sentence's subject: `vault recordings: lock`. */
  readonly what: string;
  /** From the plan, never from a template or from what a tool said. */
  readonly expected: unknown;
  /** Plain data of the same form as `expected`. A rejection is a failure. */
  readonly read: () => Promise<unknown>;
}

/** A check that has been made. */
export interface Assertion {
  readonly what: string;
  readonly expected: unknown;
  readonly found: unknown;
  readonly holds: boolean;
}

export const check = (what: string, expected: unknown, read: () => Promise<unknown>): Check => ({
  what,
  expected,
  read,
});

/** Makes every check; one that cannot be read fails with the reason in place of what was found. */
export const judge = (checks: readonly Check[]): Promise<Assertion[]> => Promise.all(checks.map(judgeOne));

async function judgeOne({ what, expected, read }: Check): Promise<Assertion> {
  try {
    const found = await read();
    return { what, expected, found, holds: isDeepStrictEqual(plain(found), plain(expected)) };
  } catch (error) {
    return { what, expected, found: `could not be read: ${String(error)}`, holds: false };
  }
}

/** As JSON would carry it: an absent field and an undefined one are the same, the order of fields does not count. */
const plain = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)));

/** The same answer for everyone who asks: many checks look at different sides of one description. */
export function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= read());
}

/** The only one of a list. */
export function only<T>(list: readonly T[] | undefined, what: string): T {
  const [first, ...others] = list ?? [];
  if (first === undefined || others.length > 0) throw new Error(`${what}: found ${list?.length ?? 0}, expected one`);
  return first;
}

/** A value that an answer must carry. */
export function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the answer has no ${what}`);
  return value;
}

/** Names in alphabetical order, for answers whose order means nothing. */
export const inOrder = (names: readonly (string | undefined)[]): string[] =>
  names.map((name) => name ?? 'without a name').toSorted();
