import { isRecord } from '../../compliance/templates/template-set';
import type { Draft, Json } from './draft';

/** One change of a template. Where it does not fit it changes nothing, and no mutant comes of it. */
export type Edit = (draft: Draft) => void;

/** Of a value that is there: another one, or one made from it. */
export const alter =
  (path: string, to: (value: unknown, draft: Draft) => unknown): Edit =>
  (draft) =>
    forEach(draft.properties, path, (holder, key) => {
      if (holder[key] !== undefined) holder[key] = to(holder[key], draft);
    });

/** Also where there is none yet, in an object that is there. */
export const put =
  (path: string, value: unknown): Edit =>
  (draft) =>
    forEach(draft.properties, path, (holder, key) => {
      holder[key] = structuredClone(value);
    });

export const drop =
  (path: string): Edit =>
  (draft) =>
    forEach(draft.properties, path, (holder, key) => {
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
    });

/** An attribute beside the properties, such as `DeletionPolicy`. */
export const attribute =
  (name: string, value: unknown): Edit =>
  ({ resource }) => {
    if (value === undefined) delete resource[name];
    else resource[name] = value;
  };

export const removed: Edit = (draft) => draft.remove();

/** Something that a hurried engineer adds to the stack. */
export const beside =
  (type: string, properties: (draft: Draft) => Json, more: Json = {}): Edit =>
  (draft) =>
    draft.add(type, properties(draft), more);

export const both =
  (...edits: readonly Edit[]): Edit =>
  (draft) => {
    for (const edit of edits) edit(draft);
  };

/** Adds to a list, or makes one. */
export const push =
  (path: string, item: (draft: Draft) => unknown): Edit =>
  (draft) =>
    forEach(draft.properties, path, (holder, key) => {
      const list = holder[key];
      holder[key] = [...(Array.isArray(list) ? list : []), item(draft)];
    });

/** Items of a list that do not fit are left out. */
export const without =
  (path: string, fits: (item: Json) => boolean): Edit =>
  (draft) =>
    forEach(draft.properties, path, (holder, key) => {
      const list = holder[key];
      if (Array.isArray(list)) holder[key] = list.filter((item) => !(isRecord(item) && fits(item)));
    });

/** Everything else about the text of a resource: an ARN's partition, a region. */
export const rewritten =
  (from: RegExp, to: string): Edit =>
  (draft) => {
    const text = JSON.stringify(draft.properties);
    draft.resource['Properties'] = JSON.parse(text.replaceAll(from, to));
  };

/** Calls back for each place a path leads to; `*` is every item of a list. */
export function forEach(root: unknown, path: string, found: (holder: Json, key: string) => void): void {
  const [key = '', ...rest] = path.split('.');
  if (typeof root !== 'object' || root === null) return;
  const holder = root as Json;
  const keys = key === '*' ? Object.keys(holder) : [key];
  for (const one of keys)
    if (rest.length === 0) found(holder, one);
    else forEach(holder[one], rest.join('.'), found);
}
