import { CONTROLS } from '../../compliance/controls/catalogue';
import { applies, type Unit } from '../../compliance/controls/unit';
import type { StackTemplate } from '../../compliance/templates/template-set';
import { ACCESS } from './access';
import { AUDIT } from './audit';
import { AVAILABILITY } from './availability';
import { COPIES } from './copies';
import { ENCRYPTION } from './encryption';
import { GOVERNANCE } from './governance';
import { HIDDEN } from './hidden';
import { INFERENCE_KINDS } from './inference';
import { mutantsOfKind, type Kind, type Mutant } from './mutant';
import { NETWORK } from './network';
import { PRIVACY } from './privacy';
import { RECORDS } from './records';
import { RESIDENCY } from './residency';

export const KINDS: readonly Kind[] = [
  ...RECORDS,
  ...COPIES,
  ...ENCRYPTION,
  ...AUDIT,
  ...ACCESS,
  ...NETWORK,
  ...RESIDENCY,
  ...INFERENCE_KINDS,
  ...AVAILABILITY,
  ...PRIVACY,
  ...GOVERNANCE,
  ...HIDDEN,
];

/** Every way the kit’s templates of a deployment are broken, by controls that somebody asks of it. */
export function mutantsOf(unit: Unit, stacks: readonly StackTemplate[]): readonly Mutant[] {
  const asked = new Set(CONTROLS.filter((control) => applies(control, unit)).map(({ id }) => id));
  return KINDS.filter(({ owner }) => asked.has(owner)).flatMap((kind) => mutantsOfKind(kind, unit, stacks));
}
