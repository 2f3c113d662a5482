import { CONTROLS } from '../../../controls/catalogue';
import type { Control } from '../../../controls/control';

/** A control of the catalogue, which the account shows more of than a template does. */
export function controlOf(id: string): Control {
  const control = CONTROLS.find((one) => one.id === id);
  if (!control) throw new RangeError(`the catalogue has no ${id}`);
  return control;
}
