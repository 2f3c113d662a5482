import { Evaluator } from '../evaluate';
import { isRecord, TemplateSet, type StackTemplate, type TemplateBody } from '../template-set';
import { leftOf } from '../weight';
import type { Fault } from './fault';
import { writtenOut } from './for-each';
import type { Template } from './template';
import { servedBy } from './sam/serverless';
import { strangeIn } from './strange';
import { shaped } from './shape';

/** A template as its transforms leave it. */
export interface Expanded {
  readonly body: TemplateBody;
  readonly faults: readonly Fault[];
  /** What could not be expanded, a sentence each. */
  readonly limits: readonly string[];
  /** Logical ids that no template has, and the key each was made from. */
  readonly origins: ReadonlyMap<string, string>;
}

/** @param stack where it stands; its body is not read */
export function expanded({ text, value, lines }: Template, stack: Omit<StackTemplate, 'body'>): Expanded {
  const limits: string[] = [];
  const origins = new Map<string, string>();
  // Most templates have neither loops nor macros, and looking for them in the text is cheap.
  const raw = text.includes('ForEach')
    ? looseOf(value, { ...stack, body: shaped(value, lines).body }, { limits, origins })
    : value;
  const { body, faults } = shaped(raw, lines);
  const served = servedBy(body, raw['Globals']);
  for (const [id, source] of served.origins) origins.set(id, origins.get(source) ?? source);
  limits.push(...served.limits, ...namesIn(raw['Transform']).flatMap(limitOf));
  if (text.includes('Transform')) limits.push(...includedIn(raw));
  limits.push(...strangeIn(served.body));
  return { body: served.body, faults, limits, origins };
}

interface Notes {
  readonly limits: string[];
  readonly origins: Map<string, string>;
}

/** With its loops written out, wherever they stand but where their collections come from. */
function looseOf(
  raw: Readonly<Record<string, unknown>>,
  stack: StackTemplate,
  { limits, origins }: Notes,
): Readonly<Record<string, unknown>> {
  const evaluator = new Evaluator(new TemplateSet([...above(stack), stack]));
  let budget = MOST_WRITTEN;
  const loops = {
    evaluate: (collection: unknown) => evaluator.evaluate(stack, collection),
    onUnknown: (key: string) =>
      void limits.push(`${key} is not written out, for its collection is not known: what it would make is not judged`),
    onWritten: (key: string, loop: string) => void origins.set(key, origins.get(loop) ?? loop),
    afford: (body: unknown) => (budget = leftOf(body, budget)) > 0,
  };
  const sections = ['Conditions', 'Resources', 'Outputs'].filter((section) => section in raw);
  const written = sections.map((section) => [section, writtenOut(raw[section], loops)] as const);
  if (budget <= 0) limits.push('loops make more than can be judged: the rest of what they would make is left out');
  return { ...raw, ...Object.fromEntries(written) };
}

/** Parents first. */
const above = ({ parent }: StackTemplate): readonly StackTemplate[] =>
  parent ? [...above(parent.stack), parent.stack] : [];

/** Names of the template's transforms. */
function namesIn(transform: unknown): readonly string[] {
  if (Array.isArray(transform)) return transform.flatMap(namesIn);
  if (isRecord(transform)) return namesIn(transform['Name'] ?? transform['Fn::Transform']);
  return typeof transform === 'string' ? [transform] : [];
}

const limitOf = (name: string): readonly string[] =>
  DONE.has(name) ? [] : [`transform ${name} is not run: resources it would add or change are not judged`];

const DONE: ReadonlySet<string> = new Set(['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31']);

/** Macros in a part of a template make that part unknown. */
function includedIn(raw: Readonly<Record<string, unknown>>): readonly string[] {
  const resources = isRecord(raw['Resources']) ? raw['Resources'] : {};
  return ['Resources' as const, ...Object.keys(resources)].flatMap((key) => {
    const here = key === 'Resources' ? Object.keys(resources).includes('Fn::Transform') : holdsMacro(resources[key]);
    if (!here || key === 'Fn::Transform') return [];
    return key === 'Resources'
      ? ['Fn::Transform in Resources is not run: resources it would add are not judged']
      : [`Fn::Transform in ${key} is not run: what it would write there is not known`];
  });
}

function holdsMacro(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsMacro);
  return isRecord(value) && ('Fn::Transform' in value || Object.values(value).some(holdsMacro));
}

/** Characters and parts; CloudFormation takes 1 MB of them. */
const MOST_WRITTEN = 2_000_000;
