import { asList, isRecord } from './template-set';
import { isKnown, MARK } from './tokens';

/** How the parts of a condition are read. */
export interface Conditions {
  readonly evaluate: (value: unknown) => unknown;
  /** Whether a condition of the template holds, by its name. */
  readonly named: (name: unknown) => boolean | undefined;
}

/** Whether a condition holds; undefined where the template does not show it. */
export function truthOf(expression: unknown, conditions: Conditions): boolean | undefined {
  if (!isRecord(expression)) return undefined;
  const [[operator, argument] = ['', undefined], ...others] = Object.entries(expression);
  const truths = (): readonly (boolean | undefined)[] => asList(argument).map((one) => truthOf(one, conditions));
  if (others.length > 0) return undefined;
  if (operator === 'Condition') return conditions.named(argument);
  if (operator === 'Fn::Equals') return equal(asList(argument).map(conditions.evaluate));
  if (operator === 'Fn::And') return allOf(truths());
  if (operator === 'Fn::Or') return not(allOf(truths().map(not)));
  return operator === 'Fn::Not' ? not(truths()[0]) : undefined;
}

const not = (truth: boolean | undefined): boolean | undefined => (truth === undefined ? undefined : !truth);

function allOf(truths: readonly (boolean | undefined)[]): boolean | undefined {
  if (truths.length === 0) return undefined;
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

/** CloudFormation compares texts: `true` is `'true'`. What stands for a value may be equal to any other. */
function equal(sides: readonly unknown[]): boolean | undefined {
  const [left, right] = sides.map(asCompared);
  if (sides.length !== 2 || left === undefined || right === undefined || !isKnown(sides)) return undefined;
  if (left === right) return true;
  return `${left}${right}`.includes(MARK) ? undefined : false;
}

const asCompared = (value: unknown): string | undefined =>
  JSON.stringify(typeof value === 'number' || typeof value === 'boolean' ? String(value) : value);
