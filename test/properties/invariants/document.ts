import { isDeepStrictEqual } from 'node:util';
import { unless, type Invariant } from './invariant';

function thawed(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Object.isFrozen(value) ? [] : [path];
  return [...own, ...Object.entries(value).flatMap(([key, inner]) => thawed(inner, `${path}.${key}`))];
}

export const planIsFrozen: Invariant = ({ plan }) => thawed(plan, 'plan');

export const planIsJson: Invariant = ({ plan }) =>
  unless(isDeepStrictEqual(JSON.parse(JSON.stringify(plan)), plan), 'the plan is not what its JSON says');
