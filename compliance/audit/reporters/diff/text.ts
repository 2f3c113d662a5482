import { hang } from '../../../../regions/wrap';
import { latest, type Change, type PostureDiff } from '../../diff';
import { oneLine } from '../clean';
import { gathered } from '../grouping';
import { countsText, foundText, placeText } from '../words';
import { differences, statusChange } from './words';

/** What changed since a baseline, for a terminal; worse first. Pure. */
export function diffText(diff: PostureDiff, { width }: { readonly width: number }): string {
  const { worse, better, changed, added, removed, same } = diff;
  const parts = [
    [
      ...hang('', `since the baseline of ${diff.before.asOf}: ${countsText(diff.before.summary)}`, width),
      ...differences(diff).flatMap((one) => hang('  ', one, width)),
    ],
    changeLines('worse', worse, width),
    changeLines('better', better, width),
    changeLines('on other grounds', changed, width),
    hang(
      'compared: ',
      `${worse.length} worse, ${better.length} better, ${changed.length} on other grounds, ${added.length} new, ${removed.length} gone, ${same} the same`,
      width,
    ),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** Nobody reads on after so many places of the same change. */
const FIRST_PLACES = 5;

function changeLines(title: string, changes: readonly Change[], width: number): string[] {
  if (changes.length === 0) return [];
  const groups = gathered(changes, (change) => {
    const { control, message } = latest(change);
    return JSON.stringify([control, statusChange(change), message]);
  });
  return [title, ...groups.flatMap((group) => groupLines(group, width))];
}

const groupLines = (group: readonly Change[], width: number): string[] =>
  group.slice(0, 1).flatMap((change) => {
    const finding = latest(change);
    const rest = group.length - FIRST_PLACES;
    return [
      ...hang(`  ${oneLine(finding.control)} ${statusChange(change)}  `, oneLine(finding.title), width),
      ...hang('    found   ', foundText(finding), width),
      ...(finding.remedy === undefined ? [] : hang('    mend    ', oneLine(finding.remedy), width)),
      ...group.slice(0, FIRST_PLACES).flatMap((one) => hang('    at      ', placeText(latest(one)), width)),
      ...(rest > 0 ? [`            and ${rest} more`] : []),
    ];
  });
