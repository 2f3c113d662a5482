import { CALL_ID } from '../../../media/contract/ledger';
import { E164 } from '../../../records/number-hash';
import { daysOf } from '../../../records/selection';

/** Which calls, as given on the command line; a number becomes its hash in each region. */
export interface Asked {
  readonly callIds: readonly string[];
  readonly personId?: string;
  readonly agentId?: string;
  readonly number?: string;
  readonly from?: string;
  readonly to?: string;
}

interface Given {
  readonly 'call-id': readonly string[];
  readonly person?: string;
  readonly agent?: string;
  readonly number?: string;
  readonly date?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Each day is a question of its own where nothing but days is asked. */
const MOST_DAYS = 366;

/** What was asked, or all that is wrong with it, a line each. */
export function askedOf(given: Given): Asked | { readonly problems: readonly string[] } {
  const { person, agent, number, date } = given;
  const { from = date, to = date } = given;
  const problems = [...badValues(given), ...badSpan(given), ...tooLittle(given)];
  if (problems.length > 0) return { problems };
  return {
    callIds: [...new Set(given['call-id'])],
    ...(person ? { personId: person } : {}),
    ...(agent ? { agentId: agent } : {}),
    ...(number ? { number } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  };
}

function badValues(given: Given): string[] {
  const ids = given['call-id'].filter((id) => !CALL_ID.test(id));
  const days = (['date', 'from', 'to'] as const).filter((name) => given[name] !== undefined && !isDay(given[name]));
  const empty = (['person', 'agent'] as const).filter((name) => given[name] === '');
  return [
    ...ids.map((id) => `--call-id: got ${id}, allowed letters, digits, dots, dashes and underscores, change it`),
    ...days.map((name) => `--${name}: got ${given[name]}, allowed a day such as 2026-11-22, change it`),
    ...empty.map((name) => `--${name}: got nothing, allowed an id of the ledger, change it`),
    // A wrong number is still somebody's: it is not printed.
    ...(given.number === undefined || E164.test(given.number)
      ? []
      : ['--number: got something else, allowed a number such as +12025550123, change it']),
  ];
}

function badSpan({ date, from, to }: Given): string[] {
  if (date !== undefined && (from !== undefined || to !== undefined))
    return ['--date: got it with --from or --to, allowed a day or a span, change to one of them'];
  if (from && to && isDay(from) && isDay(to) && from > to)
    return [`--from: got ${from}, after --to ${to}, allowed a day before it, change one of them`];
  return [];
}

function tooLittle(given: Given): string[] {
  const { person, agent, number, date, from = date, to = date } = given;
  const hasName = [person, agent, number].some((value) => value !== undefined);
  const hasSpan = from !== undefined || to !== undefined;
  if (given['call-id'].length > 0)
    return hasName || hasSpan
      ? ['--call-id: got it with other choices, allowed alone, change to one or the other']
      : [];
  if (hasName) return [];
  if (from === undefined || to === undefined)
    return [
      'got no choice of calls, allowed --call-id, --person, --agent, --number, --date, --from with --to, add one',
    ];
  const days = isDay(from) && isDay(to) && from <= to ? daysOf(from, to).length : 0;
  return days > MOST_DAYS ? [`--to: got ${days} days, allowed ${MOST_DAYS} at once, change the span`] : [];
}

/** `2026-02-30` is none. */
const isDay = (text: string | undefined): boolean =>
  text !== undefined &&
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);
