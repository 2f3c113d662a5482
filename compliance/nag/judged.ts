import path from 'node:path';
import { Stack, type CfnResource } from 'aws-cdk-lib';
import type { Control, Judgement } from '../controls/control';
import { Evidence } from '../controls/evidence';
import type { Unit } from '../controls/unit';
import { bearingOn, type Acknowledgement } from '../templates/acknowledgements';
import { TemplateSet, type Resource, type StackTemplate } from '../templates/template-set';

/** A judgement of a control on a resource, for the construct it was made of. */
export interface Judged {
  readonly control: Control;
  readonly judgement: Judgement;
  /** Construct path to tell it of instead of the resource's own, where it is about a deployment as a whole. */
  readonly place?: string;
}

/** What a synthesis has written, and what its constructs say of findings. */
export interface Written {
  readonly templates: readonly StackTemplate[];
  readonly acknowledgements: readonly Acknowledgement[];
}

/** Judgements by the resource they are about, told apart by template file and logical id. */
export type JudgedByResource = ReadonlyMap<string, readonly Judged[]>;

/**
 * Judges the units of an app by the controls each is held to. What is about a deployment as a whole is kept with its
 * first resource and told of the construct that holds it.
 * @throws {Error} for a unit that no template is of: nothing judged is not nothing wrong
 */
export function judge(
  written: Written,
  units: readonly Unit[],
  controlsOf: (unit: Unit) => readonly Control[],
): JudgedByResource {
  const judged = new Map<string, Judged[]>();
  for (const unit of units) {
    const evidence = evidenceOf(written, unit);
    const [anchor] = evidence.set.resources;
    if (!anchor) throw new Error(`no stack stands below "${unit.below}": a unit is found by its construct path`);
    for (const control of controlsOf(unit))
      for (const judgement of control.check(evidence)) {
        const key = keyOf(judgement.resource ?? anchor);
        const whole = !judgement.resource && unit.below !== '' ? { place: unit.below.replace(/\/$/, '') } : {};
        judged.set(key, [...(judged.get(key) ?? []), { control, judgement, ...whole }]);
      }
  }
  return judged;
}

/** One for all packs: they read the same files and evaluate the same properties. */
const known = new WeakMap<Unit, { readonly first: StackTemplate | undefined; readonly evidence: Evidence }>();

function evidenceOf({ templates, acknowledgements }: Written, unit: Unit): Evidence {
  const mine = templates.filter(({ name }) => name.startsWith(unit.below));
  const [first] = mine;
  const found = known.get(unit);
  if (found && found.first === first) return found.evidence;
  const evidence = new Evidence(new TemplateSet(mine), unit.scope, bearingOn(acknowledgements, unit.below));
  known.set(unit, { first, evidence });
  return evidence;
}

const keyOf = (resource: Resource | undefined): string =>
  resource ? `${path.basename(resource.stack.templatePath)}#${resource.logicalId}` : '';

/** The same key for a construct. */
export function keyOfConstruct(node: CfnResource): string {
  const stack = Stack.of(node);
  return `${stack.templateFile}#${String(stack.resolve(node.logicalId))}`;
}
