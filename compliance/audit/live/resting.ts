import type { Finding } from '../posture';
import type { LiveSet } from './overlay';
import type { Unread } from './reading';

/**
 * Findings that would be others, had what was not read been as the templates write it: they rest on it. What looks unmet for
 * want of an answer is indeterminate, and each names the actions that were refused.
 * @param judged by what was read
 * @param assumed by that, and by the templates where nothing was read
 */
export function resting(
  judged: readonly Finding[],
  assumed: readonly Finding[],
  { unread }: Pick<LiveSet, 'unread'>,
): Finding[] {
  const refused = [...unread.values()].flat();
  if (refused.length === 0) return [...judged];
  const would = new Set(assumed.map(sayingOf));
  return judged.map((finding) => (restsOn(finding, would) ? named(finding, refused) : finding));
}

const restsOn = (finding: Finding, would: ReadonlySet<string>): boolean =>
  (finding.status === 'unmet' || finding.status === 'indeterminate') && !would.has(sayingOf(finding));

const sayingOf = ({ fingerprint, status, message }: Finding): string => [fingerprint, status, message].join('\n');

function named(finding: Finding, refused: readonly Unread[]): Finding {
  const actions = [...new Set(refused.map(({ action }) => action))].toSorted();
  const message = `${finding.message} (not everything could be read: ${actions.join(', ')})`;
  return { ...finding, status: 'indeterminate', message, remedy: `allow ${actions.join(', ')}` };
}
