import { asList, isRecord, type StackTemplate } from './template-set';
import { isKnown, UNKNOWN } from './tokens';

/** What an intrinsic function may ask of the stack it stands in. */
export interface Context {
  readonly stack: StackTemplate;
  readonly evaluate: (value: unknown) => unknown;
  readonly ref: (name: unknown) => unknown;
  readonly attribute: (getAtt: unknown) => unknown;
  readonly imported: (name: unknown) => unknown;
  readonly named: (condition: unknown) => boolean | undefined;
  /** Whether so many characters more may be made: functions of functions can make more than any memory holds. */
  readonly afford: (length: number) => boolean;
}

type Rule = (argument: unknown, context: Context) => unknown;

/** What an intrinsic function gives; UNKNOWN for one that is not known, or not known before the stack is deployed. */
export function intrinsic(name: string, argument: unknown, context: Context): unknown {
  return Object.hasOwn(INTRINSICS, name) ? INTRINSICS[name]?.(argument, context) : UNKNOWN;
}

const INTRINSICS: Readonly<Record<string, Rule>> = {
  Ref: (name, { ref }) => ref(name),
  'Fn::GetAtt': (getAtt, { attribute }) => attribute(getAtt),
  'Fn::ImportValue': (name, { imported }) => imported(name),
  'Fn::Base64': (text, { evaluate }) => evaluate(text),
  'Fn::Join': join,
  'Fn::Sub': substitute,
  'Fn::Select': (argument, { evaluate }) => {
    const [index, list] = asList(evaluate(argument));
    return Array.isArray(list) ? (list[Number(index)] ?? UNKNOWN) : UNKNOWN;
  },
  'Fn::Split': (argument, { evaluate, afford }) => {
    const [separator, text] = asList(evaluate(argument));
    if (typeof text !== 'string' || typeof separator !== 'string' || !isKnown([separator, text])) return UNKNOWN;
    return separator !== '' && afford(text.length) ? text.split(separator) : UNKNOWN;
  },
  'Fn::FindInMap': findInMap,
  // Where both branches are the same, it does not matter which is deployed.
  'Fn::If': (argument, { evaluate, named }) => {
    const [condition, yes, no] = asList(argument);
    const holds = named(condition);
    if (holds !== undefined) return evaluate(holds ? yes : no);
    const [one, other] = [evaluate(yes), evaluate(no)];
    return JSON.stringify(one) === JSON.stringify(other) ? one : UNKNOWN;
  },
  'Fn::Length': (list, { evaluate }) => {
    const evaluated = evaluate(list);
    return Array.isArray(evaluated) ? evaluated.length : UNKNOWN;
  },
  'Fn::ToJsonString': (value, { evaluate, afford }) => {
    const text = JSON.stringify(evaluate(value)) ?? UNKNOWN;
    return afford(text.length) ? text : UNKNOWN;
  },
};

function join(argument: unknown, { evaluate, afford }: Context): unknown {
  const [separator, parts] = asList(argument);
  const list = evaluate(parts);
  if (!Array.isArray(list)) return UNKNOWN;
  const texts = list.map(asText);
  const length = texts.reduce((sum, text) => sum + text.length + 1, 0);
  return afford(length) ? texts.join(asText(evaluate(separator))) : UNKNOWN;
}

function findInMap(argument: unknown, { stack, evaluate }: Context): unknown {
  const [, , , options] = asList(argument);
  const keys = asList(argument).slice(0, 3).map(evaluate);
  if (!isKnown(keys)) return UNKNOWN;
  const [map, first, second] = keys.map(String);
  const found = own(own(stack.body.Mappings, map), second, first);
  if (found === undefined) return isRecord(options) ? evaluate(options['DefaultValue']) : UNKNOWN;
  return typeof found === 'object' ? found : evaluate(found);
}

/** What stands under one key, or under two. */
function own(rows: unknown, key = '', above?: string): unknown {
  if (above !== undefined) return own(own(rows, above), key);
  return isRecord(rows) && Object.hasOwn(rows, key) ? rows[key] : undefined;
}

function substitute(argument: unknown, { evaluate, attribute, ref, afford }: Context): unknown {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== 'string' || text.includes('{{resolve:')) return UNKNOWN;
  return text.replaceAll(/\$\{([^}]+)\}/g, (_, written: string) => {
    const name = written.trim();
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    const isOwn = isRecord(variables) && Object.hasOwn(variables, name);
    const part = asText(isOwn ? evaluate(variables[name]) : name.includes('.') ? attribute(name) : ref(name));
    return afford(part.length) ? part : UNKNOWN;
  });
}

export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : UNKNOWN;
}
