import { tokenOf } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { MARK } from '../templates/tokens';

/** Which resources a text may stand for, without looking at every one. */
export class ResourceIndex {
  private readonly byKey = new Map<string, Resource[]>();
  private readonly namedByTokens: Resource[] = [];

  /** @param nameOf physical name, where a template gives one */
  constructor(resources: readonly Resource[], nameOf: (resource: Resource) => string | undefined) {
    for (const resource of resources) {
      this.add(tokenOf(resource, ''), resource);
      const name = nameOf(resource);
      if (name !== undefined) this.add(name, resource);
      if (name?.includes(MARK)) this.namedByTokens.push(resource);
    }
  }

  /** A superset of the resources it denotes, in the order of the templates where one name is of several. */
  candidatesFor(text: string): readonly Resource[] {
    const [only, ...others] = keysIn(text);
    const found = (only === undefined ? undefined : this.byKey.get(only)) ?? [];
    return others.length === 0 ? found : [...found, ...others.flatMap((key) => this.byKey.get(key) ?? [])];
  }

  /** The same with those that another resource gives its name; undefined where a name may stand behind a token. */
  allFor(text: string): readonly Resource[] | undefined {
    if (!text.startsWith(MARK)) return this.candidatesFor(text);
    return text.endsWith(MARK) ? [...new Set([...this.candidatesFor(text), ...this.namedByTokens])] : undefined;
  }

  private add(key: string, resource: Resource): void {
    const known = this.byKey.get(key);
    if (known) known.push(resource);
    else this.byKey.set(key, [resource]);
  }
}

/** A token without its attribute, a name, or what an ARN ends with. */
function keysIn(text: string): readonly string[] {
  if (text.startsWith(MARK)) return [`${text.slice(0, text.indexOf('.', text.lastIndexOf('#')) + 1)}${MARK}`];
  if (!text.includes('/') && !text.includes(':::')) return [text];
  const afterSlashes = [...text.matchAll(/\//g)].map(({ index }) => text.slice(index + 1));
  const bucket = /:::(.+)$/s.exec(text)?.[1];
  return [...new Set([text, ...afterSlashes, ...(bucket === undefined ? [] : [bucket])])];
}
