import { Evaluator } from '../evaluate';
import { isRecord, TemplateSet, type ResourceBody, type StackTemplate } from '../template-set';

/**
 * The stacks without what is known not to be there: resources and outputs whose condition does not hold, and the stacks nested
 * in such resources. Where it is not known whether a condition holds, its resource stays.
 */
export function present(stacks: readonly StackTemplate[]): readonly StackTemplate[] {
  const evaluator = new Evaluator(new TemplateSet(stacks));
  const renewed = new Map<StackTemplate, StackTemplate>();
  for (const stack of stacks) {
    const { parent } = stack;
    const above = parent && renewed.get(parent.stack);
    if (parent && !above?.body.Resources?.[parent.logicalId]) continue;
    const placed = parent && above && above !== parent.stack ? { parent: { ...parent, stack: above } } : {};
    const body = bodyOf(stack, evaluator);
    renewed.set(stack, body === stack.body && !('parent' in placed) ? stack : { ...stack, body, ...placed });
  }
  return [...renewed.values()];
}

function bodyOf(stack: StackTemplate, evaluator: Evaluator): StackTemplate['body'] {
  const { Resources: resources = {}, Outputs: outputs = {} } = stack.body;
  const isThere = (one: { readonly Condition?: unknown }): boolean =>
    one.Condition === undefined || evaluator.holds(stack, one.Condition) !== false;
  const settle = (one: ResourceBody): ResourceBody => (isSettled(one) ? one : settled(one, stack, evaluator));
  const all = [...Object.values(resources), ...Object.values(outputs)];
  if (all.every(isThere) && Object.values(resources).every(isSettled)) return stack.body;
  return {
    ...stack.body,
    Resources: kept(resources, isThere, settle),
    Outputs: kept(outputs, isThere, (one) => one),
  };
}

const kept = <T>(
  all: Readonly<Record<string, T>>,
  isThere: (one: T) => boolean,
  settle: (one: T) => T,
): Readonly<Record<string, T>> =>
  Object.fromEntries(
    Object.entries(all)
      .filter(([, one]) => isThere(one))
      .map(([key, one]) => [key, settle(one)]),
  );

/** AWS::LanguageExtensions allow functions there; one that gives no text stays a function, which is not known. */
function settled(body: ResourceBody, stack: StackTemplate, evaluator: Evaluator): ResourceBody {
  const policies = POLICIES.filter((policy) => isRecord(body[policy])).map((policy) => {
    const value = evaluator.evaluate(stack, body[policy]);
    return [policy, typeof value === 'string' && WRITTEN.has(value) ? value : body[policy]] as const;
  });
  return { ...body, ...Object.fromEntries(policies) };
}

const POLICIES = ['DeletionPolicy', 'UpdateReplacePolicy'] as const;

const WRITTEN: ReadonlySet<string> = new Set(['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot']);

const isSettled = (body: ResourceBody): boolean => !POLICIES.some((policy) => isRecord(body[policy]));
