import { asList, isRecord, type Resource, type StackTemplate, type TemplateSet } from './template-set';

/**
 * Stands for what no template shows: a parameter without default, a look-up, a condition with two outcomes. A value that holds
 * it anywhere is not known, and nothing may be taken for met because of it.
 */
export const UNKNOWN = '\u{FFFD}';

/** Opens and closes the name of a resource's attribute within a text: `￼stack#LogicalId.Arn￼`. */
const MARK = '\u{FFFC}';

/** How an attribute of a resource stands in evaluated values; `Ref` for what `Ref` gives. */
export const tokenOf = ({ stack, logicalId }: Resource, attribute: string): string =>
  `${MARK}${stack.name}#${logicalId}.${attribute}${MARK}`;

export const isKnown = (value: unknown): boolean => !JSON.stringify(value ?? null).includes(UNKNOWN);

/** Properties of resources as CloudFormation will see them, each computed once. */
export class Evaluator {
  private readonly set: TemplateSet;
  private readonly done = new Map<Resource, Readonly<Record<string, unknown>>>();

  constructor(set: TemplateSet) {
    this.set = set;
  }

  properties(resource: Resource): Readonly<Record<string, unknown>> {
    const known = this.done.get(resource);
    if (known) return known;
    const evaluated = this.evaluate(resource.stack, resource.properties);
    const properties = isRecord(evaluated) ? evaluated : {};
    this.done.set(resource, properties);
    return properties;
  }

  /** Plain JSON: references become tokens, what is not known UNKNOWN, `AWS::NoValue` undefined. */
  evaluate(stack: StackTemplate, value: unknown): unknown {
    if (typeof value === 'string') return value.includes('{{resolve:') ? UNKNOWN : value;
    if (Array.isArray(value))
      return value.map((item) => this.evaluate(stack, item)).filter((item) => item !== undefined);
    if (!isRecord(value)) return value;
    const [key = '', ...others] = Object.keys(value);
    if (others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'))) return this.intrinsic(stack, key, value);
    const entries = Object.entries(value).map(([name, item]) => [name, this.evaluate(stack, item)] as const);
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
  }

  private intrinsic(stack: StackTemplate, key: string, value: Readonly<Record<string, unknown>>): unknown {
    const rule = INTRINSICS[key];
    if (rule) return rule(value[key], { stack, evaluate: (item) => this.evaluate(stack, item), self: this });
    return UNKNOWN;
  }

  ref(stack: StackTemplate, name: unknown): unknown {
    if (typeof name !== 'string') return UNKNOWN;
    if (name.startsWith('AWS::')) return pseudo(name, stack);
    const resource = this.set.at(stack, name);
    return resource ? tokenOf(resource, 'Ref') : this.parameter(stack, name);
  }

  attribute(stack: StackTemplate, getAtt: unknown): unknown {
    const [id = '', ...path] = Array.isArray(getAtt) ? getAtt.map(String) : String(getAtt).split('.');
    const resource = this.set.at(stack, id);
    if (!resource) return UNKNOWN;
    const output = this.set.outputOf(resource, path.join('.'));
    return output ? this.evaluate(output.stack, output.value) : tokenOf(resource, path.join('.'));
  }

  imported(stack: StackTemplate, name: unknown): unknown {
    const found = this.set.exported(stack, this.evaluate(stack, name));
    return found ? this.evaluate(found.stack, found.value) : UNKNOWN;
  }

  private parameter(stack: StackTemplate, name: string): unknown {
    const { parent } = stack;
    const nested = parent?.stack.body.Resources?.[parent.logicalId]?.Properties?.['Parameters'];
    if (parent && isRecord(nested) && name in nested) return this.evaluate(parent.stack, nested[name]);
    const declared = stack.body.Parameters?.[name];
    // The default of such a parameter is the name of a value that is looked up when the stack is deployed.
    return declared?.Type?.startsWith('AWS::SSM::Parameter::Value') ? UNKNOWN : (declared?.Default ?? UNKNOWN);
  }
}

interface Context {
  readonly stack: StackTemplate;
  readonly self: Evaluator;
  readonly evaluate: (value: unknown) => unknown;
}

type Rule = (argument: unknown, context: Context) => unknown;

const INTRINSICS: Readonly<Record<string, Rule>> = {
  Ref: (name, { self, stack }) => self.ref(stack, name),
  'Fn::GetAtt': (getAtt, { self, stack }) => self.attribute(stack, getAtt),
  'Fn::ImportValue': (name, { self, stack }) => self.imported(stack, name),
  'Fn::Base64': (text, { evaluate }) => evaluate(text),
  'Fn::Join': (argument, { evaluate }) => {
    const [separator, parts] = asList(argument);
    return asList(evaluate(parts))
      .map((part) => asText(part))
      .join(asText(separator));
  },
  'Fn::Sub': substitute,
  'Fn::Select': (argument, { evaluate }) => {
    const [index, list] = asList(evaluate(argument));
    return Array.isArray(list) ? (list[Number(index)] ?? UNKNOWN) : UNKNOWN;
  },
  'Fn::Split': (argument, { evaluate }) => {
    const [separator, text] = asList(evaluate(argument));
    return typeof text === 'string' && typeof separator === 'string' && isKnown(text) ? text.split(separator) : UNKNOWN;
  },
  'Fn::FindInMap': (argument, { stack, evaluate }) => {
    const [map, first, second] = asList(evaluate(argument)).map(String);
    const rows = stack.body.Mappings?.[map ?? ''];
    const row = isRecord(rows) ? rows[first ?? ''] : undefined;
    return (isRecord(row) ? row[second ?? ''] : undefined) ?? UNKNOWN;
  },
  // Which branch is deployed is not known here; where both are the same it does not matter.
  'Fn::If': (argument, { evaluate }) => {
    const [, yes, no] = asList(argument).map(evaluate);
    return JSON.stringify(yes) === JSON.stringify(no) ? yes : UNKNOWN;
  },
};

function substitute(argument: unknown, { evaluate, self, stack }: Context): unknown {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== 'string') return UNKNOWN;
  return text.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (isRecord(variables) && name in variables) return asText(evaluate(variables[name]));
    return asText(name.includes('.') ? self.attribute(stack, name) : self.ref(stack, name));
  });
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : UNKNOWN;
}

function pseudo(name: string, { region, account, name: stackName }: StackTemplate): unknown {
  const values: Readonly<Record<string, string | undefined>> = {
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::Partition': region && partitionOfName(region),
    // Opaque, and no secret: whatever it is, it names this stack.
    'AWS::StackName': `${MARK}${stackName}#AWS::StackName${MARK}`,
    'AWS::StackId': `${MARK}${stackName}#AWS::StackId${MARK}`,
    'AWS::URLSuffix': region && (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'),
  };
  return name === 'AWS::NoValue' ? undefined : (values[name] ?? UNKNOWN);
}

/** AWS General Reference, "Amazon Resource Names": the partition follows from the region's name. */
function partitionOfName(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('eusc-') ? 'aws-eusc' : 'aws';
}
