import type { Change, PostureDiff } from '../../diff';
import { oneLine } from '../clean';
import { MODE_WORDS, STATUS_WORDS } from '../words';

/** `met → unmet`; what was not there is `new`, what is not there any more `gone`. */
export const statusChange = ({ before, after }: Change): string =>
  `${before ? STATUS_WORDS[before.status] : 'new'} → ${after ? STATUS_WORDS[after.status] : 'gone'}`;

/** Why a comparison may say less than it seems: the two are not of the same thing. */
export function differences({ before, after }: PostureDiff): readonly string[] {
  const units = [before, after].map((side) => side.units.toSorted().join(', ') || 'nothing');
  return [
    ...(before.mode === after.mode
      ? []
      : [`the baseline is of ${MODE_WORDS[before.mode]}, this of ${MODE_WORDS[after.mode]}`]),
    ...(units[0] === units[1] ? [] : [`the baseline is of ${units[0]}, this of ${units[1]}`]),
    ...(before.controls === after.controls
      ? []
      : [
          `the baseline was judged by ${before.controls} controls, this by ${after.controls}: new ones may find what was there`,
        ]),
  ].map(oneLine);
}
