import type { Answer } from '../../../../../aws/answer';
import { canonical } from '../../../canonical';
import type { Deployed, Reading, Unread } from '../../reading';

export type Properties = Readonly<Record<string, unknown>>;

/** Stands for a resource that the account does not have any more. */
export const GONE = Symbol('gone');

export type Found = Properties | typeof GONE;

/** Some properties of a resource, and what the account said when it was asked for them. */
export interface Part {
  /** Every property that is known once this is answered; one that the answer lacks is not there. */
  readonly names: readonly string[];
  readonly answer: Answer<Found>;
}

/**
 * One resource, from all that was answered of it.
 * @param defaults values that AWS chooses when a template says nothing: where it says nothing, they are left out
 */
export function readingOf(deployed: Deployed, parts: readonly Part[], defaults: Properties): Reading {
  if (parts.some(({ answer }) => answer.known && answer.value === GONE))
    return { deployed, isGone: true, properties: {} };
  const read = Object.fromEntries(parts.flatMap(valuesOf));
  const unread = parts.flatMap(unreadOf);
  return {
    deployed,
    properties: withoutDefaults(read, defaults, deployed.resource.properties),
    ...(unread.length > 0 && { unread }),
  };
}

function valuesOf({ names, answer }: Part): (readonly [string, unknown])[] {
  if (!answer.known || answer.value === GONE) return [];
  const { value } = answer;
  const all = new Set([...names, ...Object.keys(value)]);
  return [...all].map((name) => [name, isEmpty(value[name]) ? undefined : value[name]] as const);
}

const unreadOf = ({ names, answer }: Part): Unread[] =>
  answer.known ? [] : [{ properties: names, action: answer.action, why: answer.why }];

const withoutDefaults = (read: Properties, defaults: Properties, written: Properties): Properties =>
  Object.fromEntries(
    Object.entries(read).map(([name, value]) => [
      name,
      name in written || !same(value, defaults[name]) ? value : undefined,
    ]),
  );

const same = (one: unknown, other: unknown): boolean => other !== undefined && canonical(one) === canonical(other);

/** An account has texts, lists and objects with nothing in them where a template writes none. */
const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
