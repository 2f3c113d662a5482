import type { Finding } from '../posture';
import type { LiveSet } from './overlay';
import type { Unread } from './reading';

/**
 * Findings that would be others, had what was not read been as the templates write it: they rest on it, are indeterminate,
 * and name the actions that were refused. So do those that would be there and are not, because nobody told what a resource is.
 * @param judged by what was read
 * @param assumed by that, and by the templates where nothing was read; asked only where something was refused
 * @param unanswered actions that were refused for whole stacks or regions
 */
export function resting(
  judged: readonly Finding[],
  assumed: () => readonly Finding[],
  { unread }: Pick<LiveSet, 'unread'>,
  unanswered: readonly Pick<Unread, 'action'>[] = [],
): Finding[] {
  const refused = [...[...unread.values()].flat(), ...unanswered];
  if (refused.length === 0) return [...judged];
  const others = assumed();
  const would = new Set(others.flatMap((one) => [sayingOf(one), answerOf(one)]));
  const said = new Set(judged.filter(isAnswer).map(({ fingerprint }) => fingerprint));
  const silent = others.filter((one) => isAnswer(one) && !said.has(one.fingerprint));
  const spoken = new Set(silent.map(({ control }) => control));
  return [
    ...judged
      .filter((one) => isAnswer(one) || !spoken.has(one.control))
      .map((one) => (restsOn(one, would) ? named(one, refused) : one)),
    ...silent.map((one) => named(one, refused)),
  ];
}

const isAnswer = ({ status }: Finding): boolean => status !== 'notApplicable';

/** What is met stays met where only the words differ. */
function restsOn(finding: Finding, would: ReadonlySet<string>): boolean {
  if (finding.status === 'unmet' || finding.status === 'indeterminate') return !would.has(sayingOf(finding));
  return finding.status === 'met' && !would.has(answerOf(finding));
}

const answerOf = ({ fingerprint, status }: Finding): string => `${fingerprint} ${status}`;
const sayingOf = (finding: Finding): string => `${answerOf(finding)} ${finding.message} ${finding.remedy ?? ''}`;

function named(finding: Finding, refused: readonly Pick<Unread, 'action'>[]): Finding {
  const { waiver: _, ...rest } = finding;
  const actions = [...new Set(refused.map(({ action }) => action))].toSorted();
  const message = `${finding.message} (not everything could be read: ${actions.join(', ')})`;
  return { ...rest, status: 'indeterminate', message, remedy: `allow ${actions.join(', ')}` };
}
