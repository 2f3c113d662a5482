import { isKnown, UNKNOWN } from '../../templates/evaluate';
import { isRecord, type Resource } from '../../templates/template-set';
import type { Judgement } from '../control';
import type { Evidence } from '../evidence';
import { hidden, verdict, wrong, type Flaw } from './flaws';
import { allowedList, isAllowed } from './residency';

/** Properties of a type that send data somewhere. */
export interface Way {
  readonly type: string;
  /** What goes there: `a copy of the backup`. */
  readonly what: string;
  /** In which `*` stands for every entry of a list. */
  readonly paths: readonly [string, ...string[]];
}

/** Every resource that sends data by one of these ways is judged by where they end. */
export const judgeWays = (evidence: Evidence, ways: readonly Way[]): readonly Judgement[] =>
  ways.flatMap(({ type, what, paths }) =>
    evidence.ofType(type).flatMap((resource) => {
      const ends = paths.flatMap((path) => everyAt(evidence, resource, path));
      if (ends.length === 0) return [];
      const flaws = ends.flatMap((end) => leaving(evidence, what, end));
      return [verdict(resource, flaws, `${what} is in an allowed region`)];
    }),
  );

/** What is wrong with the end of a way. */
export function leaving(evidence: Evidence, what: string, end: unknown): readonly Flaw[] {
  const region = regionOf(evidence, end);
  if (region === undefined) return [hidden(`where ${what} is cannot be read; write its region out`)];
  if (isAllowed(evidence, region)) return [];
  return [wrong(`${what} is in ${region}; move it to one of ${allowedList(evidence)}`)];
}

/** Region a value names, that of its ARN, or that of the stack of the resource it stands for; undefined where none is shown. */
export function regionOf(evidence: Evidence, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const named = IN_ARN.exec(value)?.[1] ?? (REGION.test(value) ? value : undefined);
  return named ?? (isKnown(value) ? evidence.resourceOf(value)?.stack.region : undefined);
}

const IN_ARN = /^arn:[^:]*:[^:]*:([a-z0-9-]+):/;

const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d+$/;

/** Everything at a path, UNKNOWN for what has another shape than the path says: it may be anything. */
export const everyAt = (evidence: Evidence, resource: Resource, path: string): readonly unknown[] =>
  spread(evidence.properties(resource), path.split('.'));

function spread(value: unknown, [key, ...rest]: readonly string[]): readonly unknown[] {
  if (value === undefined) return [];
  if (key === undefined) return [value];
  if (key === '*') return Array.isArray(value) ? value.flatMap((item) => spread(item, rest)) : [UNKNOWN];
  return isRecord(value) ? spread(value[key], rest) : [UNKNOWN];
}
