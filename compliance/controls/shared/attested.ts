import { overall, type Judgement } from '../control';
import type { Attestation, Evidence } from '../evidence';

/** Something a person says because no template can show it. */
export interface Statement {
  /** The control's id and, where there is one, a word that reads better in a deployment's file. */
  readonly ids: readonly [string, ...string[]];
  /** What is said, as it reads after "that". */
  readonly what: string;
}

/** Twelve months, a leap day included. */
const VALID_DAYS = 366;

const DAY_MS = 86_400_000;

/** Whether somebody said so on a day that still counts. */
export function attested({ scope }: Evidence, { ids, what }: Statement): Judgement {
  const given = scope.attestations.filter(({ id }) => ids.includes(id));
  const judged = given.map((attestation) => ({ attestation, objection: objectionTo(attestation, scope.today) }));
  const good = judged.find(({ objection }) => objection === undefined)?.attestation;
  if (good) {
    const said = overall('met', `${good.by} attested on ${good.date}: ${good.statement}`);
    return { ...said, attested: true, attestedUntil: lastDayOf(good) };
  }
  const [first] = judged;
  if (first) return overall('unmet', `attestation ${first.attestation.id} ${first.objection}`);
  return overall('unmet', `nobody attests that ${what}; add an attestation with id ${ids.join(' or ')}`);
}

/** Why an attestation does not count; without a clock none is called stale. */
function objectionTo({ statement, by, date }: Attestation, today?: string): string | undefined {
  if (statement.trim() === '' || by.trim() === '') return 'does not say what or who; fill in statement and by';
  const day = dayOf(date);
  if (day === undefined) return `has the date ${date}; write a day such as 2026-09-01`;
  const now = today === undefined ? undefined : dayOf(today);
  if (now === undefined) return undefined;
  if (day > now) return `is dated ${date}, which is after ${today}; attest what is true today`;
  return now - day > VALID_DAYS ? `is stale: ${date} is more than 12 months ago; attest anew` : undefined;
}

const lastDayOf = ({ date }: Attestation): string =>
  new Date(Date.parse(date) + VALID_DAYS * DAY_MS).toISOString().slice(0, 'yyyy-mm-dd'.length);

/** Undefined for what is no day of the calendar; `Date.parse` takes 31 February for 3 March. */
function dayOf(date: string): number | undefined {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(date) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? time / DAY_MS : undefined;
}
