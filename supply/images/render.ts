import { hang } from '../../regions/wrap';
import type { Mode, Outcome } from './decide';
import type { PinChange } from './pins';

export interface LockReport {
  readonly outcomes: readonly Outcome[];
  readonly pins: readonly PinChange[];
  readonly mode: Mode;
}

/** What was looked at and what changes, a paragraph an image. */
export const renderLock = ({ outcomes, pins, mode }: LockReport): string =>
  [...outcomes.flatMap((outcome) => imageLines(outcome, mode)), ...pins.flatMap(pinLines)].join('\n');

function imageLines({ reference, state, before, after }: Outcome, { check, update }: Mode): string[] {
  const words = {
    same: 'ok',
    unknown: 'unknown',
    filled: check ? 'unlocked' : 'locked',
    moved: update && !check ? 'followed' : 'moved',
  };
  const changed = state === 'filled' || state === 'moved' ? digests({ before, after }) : [];
  return [`${label(words[state])}${reference}`, ...changed];
}

const label = (word: string): string => word.padEnd(10);

const digests = ({ before, after }: { readonly before?: string | undefined; readonly after?: string | undefined }) => [
  ...(before ? [`      was ${before}`] : []),
  ...(after ? [`      is  ${after}`] : []),
];

const pinLines = ({ path, before, after }: PinChange): string[] => [
  `${label('pinned')}${path.join('.')}`,
  ...(before === undefined ? [] : hang('      was ', JSON.stringify(before))),
  ...hang('      is  ', JSON.stringify(after)),
];
