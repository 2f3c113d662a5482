import type { Unit } from '../../compliance/controls/unit';
import type { StackTemplate } from '../../compliance/templates/template-set';
import { Draft, type Site } from './draft';
import type { Edit } from './edits';

/** One template broken in one way. */
export interface Mutant {
  /** Stable and distinct: stack, resource, owner and what is wrong. */
  readonly id: string;
  /** The control that has to see it. */
  readonly owner: string;
  readonly stack: string;
  readonly what: string;
  /** The deployment with its one stack replaced. */
  readonly apply: (stacks: readonly StackTemplate[]) => readonly StackTemplate[];
  /** Differs where the resulting template does. */
  readonly changes: string;
}

/** A way to break a template, over all resources it fits. */
export interface Kind {
  readonly owner: string;
  readonly what: string;
  /** Type of resource; `/records` for stacks by the end of their name, `/` for every one. */
  readonly of: string;
  readonly when: (draft: Draft) => boolean;
  readonly edit: Edit;
}

/** Several ways of one owner, each with what a reader would say is wrong. */
export const ways = (
  owner: string,
  of: string,
  edits: Readonly<Record<string, Edit>>,
  when: Kind['when'] = () => true,
): readonly Kind[] => Object.entries(edits).map(([what, edit]) => ({ owner, of, what, edit, when }));

/** Mutants of one kind: one for each resource that it changes. */
export function mutantsOfKind(kind: Kind, unit: Unit, stacks: readonly StackTemplate[]): readonly Mutant[] {
  return stacks.flatMap((stack) =>
    idsFor(kind, stack).flatMap((id) => {
      const site = { stack, id, stacks };
      const { changes } = edited(kind, unit, site);
      return changes === '' ? [] : mutant(kind, unit, site, changes);
    }),
  );
}

function idsFor({ of }: Kind, { name, body }: StackTemplate): readonly string[] {
  const resources = Object.entries(body.Resources ?? {});
  if (of.startsWith('/')) return name.includes(of) ? resources.slice(0, 1).map(([id]) => id) : [];
  return resources.flatMap(([id, { Type }]) => (Type === of ? id : []));
}

function edited({ when, edit }: Kind, unit: Unit, site: Site): Draft {
  const draft = new Draft(site, unit);
  if (when(draft)) edit(draft);
  return draft;
}

function mutant(kind: Kind, unit: Unit, { stack, id }: Site, changes: string): Mutant {
  const subject = kind.of.startsWith('/') ? '' : `/${id}`;
  return {
    id: `${stack.name}${subject}/${kind.owner}/${kind.what.replaceAll(/[^\w.]+/g, '-')}`,
    owner: kind.owner,
    stack: stack.name,
    what: `${stack.name}${subject}: ${kind.what}`,
    changes: `${stack.name} ${changes}`,
    apply: (stacks) =>
      stacks.map((one) => (one.name === stack.name ? edited(kind, unit, { stack: one, id, stacks }).finish() : one)),
  };
}
