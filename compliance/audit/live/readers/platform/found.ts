import { mapAnswer, type Answer } from '../../../../../aws/answer';
import type { Beside, Deployed, Reading } from '../../reading';
import { GONE, readingOf, type Properties } from '../data/parts';

/** What an answer about all resources of a type says of one of them. */
export interface Found<T> {
  readonly answer: Answer<T>;
  /** Every property that is known once there is an answer. */
  readonly names: readonly string[];
  /** Undefined where the answer does not have it, which then is gone. */
  readonly of: (value: T) => Properties | undefined;
  /** Values that AWS chooses when a template says nothing. @default none */
  readonly defaults?: Properties;
}

export const foundIn = <T>(deployed: Deployed, { answer, names, of, defaults = {} }: Found<T>): Reading =>
  readingOf(deployed, [{ names, answer: mapAnswer(answer, (value) => of(value) ?? GONE) }], defaults);

/** Where CloudFormation joins several parts to one physical id, the first names the resource. */
export const primaryId = ({ physicalId }: Deployed): string => physicalId.split('|', 1)[0] ?? physicalId;

export const withBeside = (reading: Reading, beside: readonly Beside[]): Reading =>
  beside.length > 0 ? { ...reading, beside: [...(reading.beside ?? []), ...beside] } : reading;

/** What could not be listed beside a resource, of which no property tells. */
export const withUnlisted = (reading: Reading, ...answers: readonly Answer<unknown>[]): Reading => {
  const unread = answers.flatMap((answer) =>
    answer.known ? [] : [{ properties: [], action: answer.action, why: answer.why }],
  );
  return unread.length > 0 ? { ...reading, unread: [...(reading.unread ?? []), ...unread] } : reading;
};

/** Without what AWS chooses where the template leaves it out, such as a name of its making. */
export const unlessChosen = (
  { resource }: Deployed,
  properties: Properties,
  ...chosen: readonly string[]
): Properties =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      chosen.includes(name) && !(name in resource.properties) ? undefined : value,
    ]),
  );

/** Of each resource that a list has, its properties; by physical id, as a listing gives them. */
export const matched = <T>(
  deployed: readonly Deployed[],
  list: readonly T[],
  idOf: (one: T) => string | undefined,
  properties: (one: T, deployed: Deployed) => Properties,
): ReadonlyMap<string, Properties> => {
  const byId = new Map(list.map((one) => [idOf(one), one]));
  return new Map(
    deployed.flatMap((one) => {
      const found = byId.get(primaryId(one));
      return found === undefined ? [] : [[one.physicalId, properties(found, one)] as const];
    }),
  );
};
