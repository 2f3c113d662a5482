import type { Resource, StackTemplate } from './template-set';

/**
 * Stands for what no template shows: a parameter without default, a look-up, a condition with two outcomes. A value that holds
 * it anywhere is not known, and nothing may be taken for met because of it. As a key it stands for keys that are not known.
 */
export const UNKNOWN = '\u{FFFD}';

/** Opens and closes the name of a resource's attribute within a text: `￼stack#LogicalId.Arn￼`. */
export const MARK = '\u{FFFC}';

/** How an attribute of a resource stands in evaluated values; `Ref` for what `Ref` gives. */
export const tokenOf = (resource: Resource, attribute: string): string => `${tokenStart(resource)}${attribute}${MARK}`;

/** What every token of a resource begins with. */
export function tokenStart(resource: Resource): string {
  const known = STARTS.get(resource);
  if (known !== undefined) return known;
  const start = `${MARK}${resource.stack.name}#${resource.logicalId}.`;
  STARTS.set(resource, start);
  return start;
}

/** A resource is referred to, and looked for, many times. */
const STARTS = new WeakMap<Resource, string>();

/** Opaque, and no secret: whatever it is, it is of this stack. */
export const stackToken = ({ name }: StackTemplate, pseudo: string): string => `${MARK}${name}#${pseudo}${MARK}`;

export function isKnown(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes(UNKNOWN);
  if (typeof value !== 'object' || value === null) return true;
  for (const key in value) if (key.includes(UNKNOWN) || !isKnown(value[key as keyof typeof value])) return false;
  return true;
}
