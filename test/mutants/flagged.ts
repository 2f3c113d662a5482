import { CONTROLS } from '../../compliance/controls/catalogue';
import { wholeText, type Control, type Judgement } from '../../compliance/controls/control';
import type { Evidence } from '../../compliance/controls/evidence';
import { applies, type Unit } from '../../compliance/controls/unit';
import { waiverFor, type Waiver } from '../../compliance/nag/waivers';

/** What is said against templates that nobody has broken, but for what the ledger waives. */
export const flagged = (unit: Unit, evidence: Evidence, waivers: readonly Waiver[]): readonly string[] =>
  CONTROLS.filter((control) => applies(control, unit)).flatMap((control) =>
    control
      .check(evidence)
      .filter(({ answer }) => answer !== 'met')
      .filter((judgement) => !isWaived(control, judgement, waivers))
      .map(({ resource, ...said }) => `${control.id} ${resource?.logicalId ?? unit.below}: ${wholeText(said)}`),
  );

/** Fatal ones nobody can waive. */
const isWaived = ({ id, severity }: Control, judgement: Judgement, waivers: readonly Waiver[]): boolean =>
  severity !== 'fatal' &&
  waiverFor(waivers.map(byLogicalId), { plugin: PACK, rule: `${PACK}-${id}`, place: placeOf(judgement) }) !== undefined;

/** A control is waived in every pack that asks for it. */
const PACK = 'VoicecellAlways';

/** The ledger names constructs, of which a template has the logical ids. */
const byLogicalId = (waiver: Waiver): Waiver => ({ ...waiver, scope: waiver.scope.map(flat) });

function flat(scope: string): string {
  const [stack = '', ...ids] = scope.replace(/\/Resource$/, '').split('/');
  return ids.length > 0 ? `${stack}/${ids.join('')}` : stack;
}

function placeOf({ resource }: Judgement): string {
  if (!resource) return 'deployment';
  return `${resource.stack.name.split('/').at(-1)}/${resource.logicalId.replace(/[0-9A-F]{8}$/, '')}`;
}
