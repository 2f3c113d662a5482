import { hang } from '../../../../regions/wrap';
import type { Finding, Status } from '../../posture';
import { oneLine } from '../clean';
import { STATUS_WORDS } from '../words';

/** Answer, severity, control and title, which has lines of its own where the rest leaves it no room. */
export function titleLines(
  { status, severity, control, title }: Finding,
  { colour, width }: { readonly colour: boolean; readonly width: number },
): string[] {
  const label = `  ${STATUS_WORDS[status]} ${severity} ${oneLine(control)}  `;
  const [line = '', ...more] =
    label.length > width / 2
      ? [label.trimEnd(), ...hang('    ', oneLine(title), width)]
      : hang(label, oneLine(title), width);
  return [line.replace(STATUS_WORDS[status], statusWord(status, colour)), ...more];
}

/** Colour comes after lines are broken: its codes take no room. */
export const statusWord = (status: Status, colour: boolean): string =>
  colour ? `\u001B[${COLOURS[status]}m${STATUS_WORDS[status]}\u001B[0m` : STATUS_WORDS[status];

const COLOURS: Readonly<Record<Status, string>> = {
  unmet: '1;31',
  indeterminate: '1;33',
  waived: '36',
  attested: '34',
  met: '32',
  notApplicable: '2',
};
