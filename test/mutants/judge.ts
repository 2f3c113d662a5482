import { CONTROLS } from '../../compliance/controls/catalogue';
import { wholeText, type Control, type Judgement } from '../../compliance/controls/control';
import { Evidence } from '../../compliance/controls/evidence';
import { TemplateSet } from '../../compliance/templates/template-set';
import type { Mutant } from './mutant';
import type { ScopeMutant } from './scope';

/** Whether the owner of a mutant says something against it that it does not say against the unmutated templates. */
export function killer(evidence: Evidence): (mutant: Mutant) => boolean {
  const before = new Map<string, ReadonlySet<string>>();
  const knownOf = (control: Control): ReadonlySet<string> => {
    const known = before.get(control.id) ?? new Set(complaintsOf(control, evidence));
    before.set(control.id, known);
    return known;
  };
  return ({ owner, apply }) => {
    const control = controlOf(owner);
    const mutated = new Evidence(new TemplateSet(apply(evidence.set.stacks)), evidence.scope);
    const known = knownOf(control);
    return complaintsOf(control, mutated).some((complaint) => !known.has(complaint));
  };
}

/** The same of what a deployment says of itself. */
export const scopeKiller =
  (evidence: Evidence) =>
  ({ owner, scope }: ScopeMutant): boolean => {
    const control = controlOf(owner);
    const known = new Set(complaintsOf(control, evidence));
    return complaintsOf(control, new Evidence(evidence.set, scope)).some((complaint) => !known.has(complaint));
  };

export const complaintsOf = (control: Control, evidence: Evidence): readonly string[] =>
  control
    .check(evidence)
    .filter(({ answer }) => answer !== 'met')
    .map(textOf);

const textOf = (judgement: Judgement): string => {
  const { answer, resource } = judgement;
  return `${resource ? `${resource.stack.name}#${resource.logicalId}` : ''} ${answer} ${wholeText(judgement)}`;
};

function controlOf(id: string): Control {
  const control = CONTROLS.find((one) => one.id === id);
  if (!control) throw new RangeError(`got owner ${id}, allowed one of the catalogue`);
  return control;
}
