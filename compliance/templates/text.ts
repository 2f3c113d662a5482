import { asList, isRecord, type StackTemplate, type TemplateSet } from './template-set';

/** Stands for an attribute of a resource of this app: opaque, but not from elsewhere. No host name contains it. */
export const OF_A_RESOURCE = '\u{FFFC}';

/** Stands for what cannot be known from the templates: a parameter, a condition, a lookup. No host name contains it. */
export const UNKNOWN = '\u{FFFD}';

const PSEUDO: Readonly<Record<string, string>> = { 'AWS::URLSuffix': 'amazonaws.com', 'AWS::Partition': 'aws' };

/** A string as CloudFormation will render it. */
export function renderText(value: unknown, set: TemplateSet, stack: StackTemplate): string {
  if (typeof value === 'string') return /\{\{resolve:/.test(value) ? UNKNOWN : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!isRecord(value)) return UNKNOWN;
  if (typeof value['Ref'] === 'string' && value['Ref'].startsWith('AWS::')) return pseudo(value['Ref'], stack);
  const [separator, parts] = asList(value['Fn::Join']);
  if (typeof separator === 'string')
    return asList(parts)
      .map((part) => renderText(part, set, stack))
      .join(separator);
  if ('Fn::Sub' in value) return renderSub(value['Fn::Sub'], set, stack);
  return set.resolve(stack, value) ? OF_A_RESOURCE : UNKNOWN;
}

function renderSub(sub: unknown, set: TemplateSet, stack: StackTemplate): string {
  const [text, variables] = Array.isArray(sub) ? sub : [sub, {}];
  if (typeof text !== 'string') return UNKNOWN;
  return text.replaceAll(/\$\{([^!][^}]*)\}/g, (_, name: string) => {
    if (isRecord(variables) && name in variables) return renderText(variables[name], set, stack);
    const [id = '', ...attribute] = name.split('.');
    return renderText(attribute.length > 0 ? { 'Fn::GetAtt': [id, attribute.join('.')] } : { Ref: id }, set, stack);
  });
}

const pseudo = (name: string, { region }: StackTemplate): string =>
  (name === 'AWS::Region' ? region : PSEUDO[name]) ?? (name === 'AWS::AccountId' ? OF_A_RESOURCE : UNKNOWN);

/** Regions named by the ARNs in a text. */
export const regionsOfArnsIn = (text: string): readonly string[] =>
  [...text.matchAll(/\barn:aws[a-z-]*:[a-z0-9-]+:([a-z0-9-]+):/g)].map((match) => match[1] ?? '');
