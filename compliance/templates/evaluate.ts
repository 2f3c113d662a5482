import { truthOf } from './conditions';
import { intrinsic, type Context } from './intrinsics';
import { parameterOf } from './parameters';
import { pseudo } from './pseudo';
import { isRecord, type Resource, type StackTemplate, type TemplateSet, type Wired } from './template-set';
import { isKnown, tokenOf, UNKNOWN } from './tokens';
import { leftOf, weighsLess } from './weight';

export { isKnown, tokenOf, UNKNOWN };

/** Properties of resources as CloudFormation will see them, each computed once. */
export class Evaluator {
  /** Resources whose properties were too large to be looked at, in the order in which they were asked for. */
  readonly cut = new Set<Resource>();
  private readonly set: TemplateSet;
  private readonly done = new Map<Resource, Readonly<Record<string, unknown>>>();
  private readonly contexts = new Map<StackTemplate, Context>();
  private readonly once: Once = new Map();
  private exports: ReadonlyMap<string, Wired> | undefined;
  private depth = 0;
  private budget: number;
  private weight: number;

  constructor(set: TemplateSet) {
    this.set = set;
    this.budget = MADE + set.resources.length * MADE_EACH;
    this.weight = this.budget;
  }

  properties(resource: Resource): Readonly<Record<string, unknown>> {
    const known = this.done.get(resource);
    if (known) return known;
    const evaluated = this.evaluate(resource.stack, resource.properties);
    const most = Math.min(HEAVIEST, this.weight);
    const left = leftOf(evaluated, most);
    this.weight -= most - left;
    if (left <= 0) this.cut.add(resource);
    const properties = isRecord(evaluated) && left > 0 ? evaluated : { [UNKNOWN]: UNKNOWN };
    this.done.set(resource, properties);
    return properties;
  }

  /** Plain JSON: references become tokens, what is not known UNKNOWN, `AWS::NoValue` undefined. */
  evaluate(stack: StackTemplate, value: unknown): unknown {
    if (typeof value === 'string') return value.includes('{{resolve:') ? UNKNOWN : value;
    if (typeof value !== 'object' || value === null) return value;
    if (this.depth >= DEEPEST) return UNKNOWN;
    this.depth += 1;
    const evaluated = Array.isArray(value)
      ? this.list(stack, value)
      : this.block(stack, value as Readonly<Record<string, unknown>>);
    this.depth -= 1;
    return evaluated;
  }

  /** Whether a condition of a stack holds; undefined where the template does not show it. */
  holds(stack: StackTemplate, name: unknown): boolean | undefined {
    if (typeof name !== 'string') return undefined;
    const { Conditions: conditions } = stack.body;
    if (!conditions || !Object.hasOwn(conditions, name)) return undefined;
    const { evaluate, named } = this.contextOf(stack);
    const truth = this.remembered(stack, `condition ${name}`, () => truthOf(conditions[name], { evaluate, named }));
    return typeof truth === 'boolean' ? truth : undefined;
  }

  /** One that holds nothing to compute stays itself: most do not, and copies of all would fill the memory. */
  private list(stack: StackTemplate, values: readonly unknown[]): readonly unknown[] {
    const evaluated: unknown[] = [];
    let isSame = true;
    for (const value of values) {
      const item = this.evaluate(stack, value);
      isSame &&= item === value;
      if (item !== undefined) evaluated.push(item);
    }
    return isSame && evaluated.length === values.length ? values : evaluated;
  }

  private block(stack: StackTemplate, value: Readonly<Record<string, unknown>>): unknown {
    const keys = Object.keys(value);
    const [key = ''] = keys;
    if (keys.length === 1 && (key === 'Ref' || key.startsWith('Fn::')))
      return intrinsic(key, value[key], this.contextOf(stack));
    const evaluated: Record<string, unknown> = {};
    let isSame = true;
    for (const name of keys) {
      // A macro, an inclusion or a loop that was not expanded may write any key here.
      const isOpen = name.startsWith('Fn::');
      const item = isOpen ? UNKNOWN : this.evaluate(stack, value[name]);
      isSame &&= !isOpen && item !== undefined && item === value[name];
      if (item === undefined) continue;
      if (name === '__proto__') define(evaluated, name, item);
      else evaluated[isOpen ? UNKNOWN : name] = item;
    }
    return isSame ? value : evaluated;
  }

  private contextOf(stack: StackTemplate): Context {
    const known = this.contexts.get(stack);
    if (known) return known;
    const context: Context = {
      stack,
      evaluate: (value) => this.evaluate(stack, value),
      ref: (name) => this.ref(stack, name),
      attribute: (getAtt) => this.attribute(stack, getAtt),
      imported: (name) => this.imported(stack, name),
      named: (condition) => this.holds(stack, condition),
      afford: (length) => (this.budget -= length) >= 0,
    };
    this.contexts.set(stack, context);
    return context;
  }

  private ref(stack: StackTemplate, written: unknown): unknown {
    const name = this.evaluate(stack, written);
    if (typeof name !== 'string') return UNKNOWN;
    if (name.startsWith('AWS::')) return pseudo(name, stack);
    const resource = this.set.at(stack, name);
    return resource ? tokenOf(resource, 'Ref') : this.parameter(stack, name);
  }

  private attribute(stack: StackTemplate, getAtt: unknown): unknown {
    const parts = Array.isArray(getAtt) ? getAtt.map((part) => this.evaluate(stack, part)) : String(getAtt).split('.');
    if (!isKnown(parts)) return UNKNOWN;
    const [id = '', ...path] = parts.map(String);
    const resource = this.set.at(stack, id);
    if (!resource) return UNKNOWN;
    const name = path.join('.');
    const output = this.set.outputOf(resource, name);
    return output ? this.wired(output) : tokenOf(resource, name);
  }

  private imported(stack: StackTemplate, written: unknown): unknown {
    const name = this.evaluate(stack, written);
    if (typeof name !== 'string' || !isKnown(name)) return UNKNOWN;
    this.exports ??= this.exported();
    const found = this.exports.get(`${stack.region ?? ''} ${name}`);
    return found ? this.wired(found) : UNKNOWN;
  }

  /** By region and name. An export whose name rests on another is not found. */
  private exported(): ReadonlyMap<string, Wired> {
    this.exports = new Map();
    const found = new Map<string, Wired>();
    for (const { stack, name, value } of this.set.exports()) {
      const key = `${stack.region ?? ''} ${String(this.evaluate(stack, name))}`;
      if (!found.has(key)) found.set(key, { stack, value });
    }
    return found;
  }

  private readonly wired = ({ stack, value }: Wired): unknown =>
    typeof value === 'object' && value !== null
      ? this.remembered(stack, value, () => this.evaluate(stack, value))
      : this.evaluate(stack, value);

  private parameter(stack: StackTemplate, name: string): unknown {
    return this.remembered(stack, `parameter ${name}`, () => {
      const { parent } = stack;
      const nested = parent && this.set.at(parent.stack, parent.logicalId)?.properties['Parameters'];
      const isGiven = parent && isRecord(nested) && Object.hasOwn(nested, name);
      return parameterOf(stack, name, isGiven ? this.evaluate(parent.stack, nested[name]) : undefined);
    });
  }

  /** What another stack or another part gives, computed once; what is asked for while it is computed goes in a circle. */
  private remembered(stack: StackTemplate, key: unknown, compute: () => unknown): unknown {
    const values = this.once.get(stack) ?? new Map<unknown, unknown>();
    this.once.set(stack, values);
    if (values.has(key)) return values.get(key);
    values.set(key, UNKNOWN);
    const computed = compute();
    const value = weighsLess(computed, HEAVIEST_WIRED) ? computed : UNKNOWN;
    values.set(key, value);
    return value;
  }
}

/** As a property of its own: a template may call one so. */
const define = (block: Readonly<Record<string, unknown>>, name: string, value: unknown): unknown =>
  Object.defineProperty(block, name, { value, enumerable: true, writable: true, configurable: true });

type Once = Map<StackTemplate, Map<unknown, unknown>>;

/** Blocks within blocks, through references to other stacks: far more than templates have, far less than a call stack holds. */
const DEEPEST = 400;

/** Characters and parts of one resource's properties: a whole template has at most 1 MB. */
const HEAVIEST = 1_000_000;

const HEAVIEST_WIRED = 1_000_000;

/** Characters and parts that functions may make, and properties may have, in all templates of a set; more for each resource. */
const MADE = 4_000_000;

const MADE_EACH = 20_000;
