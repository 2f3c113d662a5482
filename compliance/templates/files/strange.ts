import { isRecord, type TemplateBody } from '../template-set';

/** Parts of a template that only CloudFormation can read, a sentence each: modules, and functions that are not known here. */
export const strangeIn = ({ Resources: resources = {} }: TemplateBody): readonly string[] =>
  Object.entries(resources).flatMap(([id, { Type: type, Properties: properties }]) => [
    ...(type.endsWith('::MODULE') ? [`${id} (${type}) is a module: the resources it holds are not judged`] : []),
    ...[...strangersIn(properties)].map((name) => `${name} in ${id} is not known: what it stands for is not judged`),
  ]);

function strangersIn(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return found;
  if (Array.isArray(value)) for (const item of value) strangersIn(item, found);
  else if (isRecord(value))
    for (const key of Object.keys(value)) {
      if (key.startsWith('Fn::') && !isFunction(key)) found.add(key);
      strangersIn(value[key], found);
    }
  return found;
}

const isFunction = (key: string): boolean => FUNCTIONS.has(key) || key.startsWith('Fn::ForEach::');

/** Those of CloudFormation, whether or not they can be computed here. */
const FUNCTIONS: ReadonlySet<string> = new Set([
  'Fn::And',
  'Fn::Base64',
  'Fn::Cidr',
  'Fn::Equals',
  'Fn::FindInMap',
  'Fn::GetAZs',
  'Fn::GetAtt',
  'Fn::GetStackOutput',
  'Fn::If',
  'Fn::ImportValue',
  'Fn::Join',
  'Fn::Length',
  'Fn::Not',
  'Fn::Or',
  'Fn::Select',
  'Fn::Split',
  'Fn::Sub',
  'Fn::ToJsonString',
  'Fn::Transform',
]);
