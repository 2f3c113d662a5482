import type { CallEvent } from '../../media/contract';

/** A call as its caller saw it, moments in Unix ms. */
export interface PlacedCall {
  readonly id: string;
  /** Of its phone. */
  readonly port: number;
  readonly invite: number;
  readonly answered?: number;
  /** The caller hangs up, of their own accord. */
  readonly bye?: number;
  /** The cell said so too. */
  readonly over?: number;
}

/** A media node's own words, and since when it said that it leaves, Unix ms. */
export interface NodeStory {
  readonly address: string;
  readonly events: readonly CallEvent[];
  readonly leavingSince: number | undefined;
}

const MOST_SILENT_MS = 1_000;
/** A node that leaves may hear of a call so much later than it let it in, on a machine that is busy. */
const HEARD_LATER_MS = 1_000;

/** How the cell failed a caller; undefined where it did not. `heard` are the moments at which the phone heard a packet, in order. */
export function cutOf({ answered, bye, over }: PlacedCall, heard: readonly number[]): string | undefined {
  if (answered === undefined) return 'was not set up';
  if (bye === undefined) return 'was ended by the cell';
  const { at, ms } = longestSilence(heard, answered, bye);
  if (ms > MOST_SILENT_MS)
    return `was silent for ${Math.round(ms)} ms, ${Math.round(at - answered)} ms after its answer`;
  return over === undefined ? 'could not be hung up' : undefined;
}

/** Longest time without a packet between two moments, and when it began; both moments are ends of a silence. */
export function longestSilence(heard: readonly number[], from: number, to: number): { at: number; ms: number } {
  let [last, longest] = [from, { at: from, ms: 0 }];
  for (const at of [...heard.filter((one) => one > from && one < to), to]) {
    if (at - last > longest.ms) longest = { at: last, ms: at - last };
    last = at;
  }
  return longest;
}

/** Fewest calls in progress at any moment from one to another. */
export function fewestAtOnce(calls: readonly PlacedCall[], from: number, to: number): number {
  const changes = calls
    .filter(({ answered, bye }) => answered !== undefined && bye !== undefined)
    .flatMap(({ answered = 0, bye = 0 }) => [
      { at: Math.max(answered, from), by: 1 },
      { at: bye, by: -1 },
    ])
    .filter(({ at }) => at <= to)
    // One that begins as another ends is no gap.
    .toSorted((a, b) => a.at - b.at || b.by - a.by);
  let [now, fewest] = [changes.filter(({ at }) => at <= from).reduce((sum, { by }) => sum + by, 0), Infinity];
  fewest = now;
  for (const { by } of changes.filter(({ at }) => at > from)) fewest = Math.min(fewest, (now += by));
  return fewest;
}

/**
 * Calls that a node took after it had said that it leaves: the edge sent them to it later than that, or it heard of them a
 * while later. One that was on its way at that moment is none.
 */
export function takenWhileLeaving(edge: readonly CallEvent[], nodes: readonly NodeStory[]): string[] {
  return nodes.flatMap(({ address, events, leavingSince = Infinity }) => {
    const sent = sentTo(edge, address);
    return events.flatMap((event) => {
      if (event.event !== 'call.answered') return [];
      const offered = Date.parse(event.at) - (event.us ?? 0) / 1_000;
      const isLate = (sent.get(event.callId) ?? 0) > leavingSince || offered > leavingSince + HEARD_LATER_MS;
      return isLate ? [event.callId] : [];
    });
  });
}

/** When the edge last sent a call to the node. */
function sentTo(edge: readonly CallEvent[], address: string): ReadonlyMap<string, number> {
  const admitted = edge.flatMap((event) =>
    event.event === 'call.admitted' && event.node === address ? [[event.callId, Date.parse(event.at)] as const] : [],
  );
  return new Map(admitted);
}

/** Calls that one node refused and another one took. */
export function refusedOver(nodes: readonly NodeStory[]): number {
  const named = (name: CallEvent['event']) =>
    new Set(nodes.flatMap(({ events }) => events.filter(({ event }) => event === name).map(({ callId }) => callId)));
  const answered = named('call.answered');
  return [...named('call.refused')].filter((callId) => answered.has(callId)).length;
}

/** What of a call is in vault and ledger. */
export interface Kept {
  /** Of the locked recording, seconds; undefined where there is none or it is not locked. */
  readonly recordedSeconds: number | undefined;
  readonly isInLedger: boolean;
}

const GRANTED = new Set(['granted', 'notice-played', 'not-needed']);
/** A recording may be so much shorter or longer than what was to be recorded. */
const MOST_OFF_SECONDS = 1;

/** Calls that were to be recorded and of which vault or ledger has nothing, or not all. */
export function missingRecordings(nodes: readonly NodeStory[], kept: (callId: string) => Kept): string[] {
  return nodes.flatMap(({ events }) =>
    [...recordedSeconds(events)].flatMap(([callId, expected]) => {
      const { recordedSeconds: found, isInLedger } = kept(callId);
      if (isInLedger && found !== undefined && Math.abs(found - expected) <= MOST_OFF_SECONDS) return [];
      return [`${callId}: ${found ?? 'none'} of ${expected} s, ${isInLedger ? '' : 'not '}in the ledger`];
    }),
  );
}

/** Calls that were answered and granted, and for how long they then went on; NaN for one that never ended. */
export function recordedSeconds(events: readonly CallEvent[]): ReadonlyMap<string, number> {
  const ended = new Map(
    events.flatMap((one) => (one.event === 'call.ended' ? [[one.callId, one.us ?? Number.NaN]] : [])),
  );
  const granted = events.flatMap((one) =>
    one.event === 'call.consent' && GRANTED.has(one.outcome) ? [[one.callId, one.us ?? Number.NaN] as const] : [],
  );
  return new Map(granted.map(([callId, us]) => [callId, ((ended.get(callId) ?? Number.NaN) - us) / 1e6]));
}
