import { tokenOf } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';

/** Which resources a text may stand for, without looking at every one. */
export class ResourceIndex {
  private readonly byKey = new Map<string, Resource[]>();

  /** @param nameOf physical name, where a template gives one */
  constructor(resources: readonly Resource[], nameOf: (resource: Resource) => string | undefined) {
    for (const resource of resources) {
      this.add(tokenOf(resource, ''), resource);
      const name = nameOf(resource);
      if (name !== undefined) this.add(name, resource);
    }
  }

  /** A superset of the resources it denotes, in the order of the templates where one name is of several. */
  candidatesFor(text: string): readonly Resource[] {
    return keysIn(text).flatMap((key) => this.byKey.get(key) ?? []);
  }

  private add(key: string, resource: Resource): void {
    const known = this.byKey.get(key);
    if (known) known.push(resource);
    else this.byKey.set(key, [resource]);
  }
}

/** A token without its attribute, a name, or what an ARN ends with. */
function keysIn(text: string): readonly string[] {
  const [mark = ''] = tokenOf(NOTHING, '');
  if (text.startsWith(mark)) return [`${text.slice(0, text.indexOf('.', text.lastIndexOf('#')) + 1)}${mark}`];
  const afterSlashes = [...text.matchAll(/\//g)].map(({ index }) => text.slice(index + 1));
  const bucket = /:::(.+)$/.exec(text)?.[1];
  return [...new Set([text, ...afterSlashes, ...(bucket === undefined ? [] : [bucket])])];
}

const NOTHING = { stack: { name: '' }, logicalId: '' } as Resource;
