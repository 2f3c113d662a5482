import type { TurnTimes } from '../../lab/turns';
import { rounded } from '../cold-run';
import { computeMs, FARTHEST, NEAREST, type Profile, type ReplyKind, type Transport } from './profiles';

export interface RowKey {
  readonly profile: string;
  readonly assumed: boolean;
  readonly oneWayMs: number;
  readonly route: string;
  readonly transport: Transport;
  /** What was waited for before anything was spoken. */
  readonly firstSpoken: ReplyKind;
}

export interface Row extends RowKey {
  readonly turns: number;
  readonly unanswered: number;
  readonly roundTripMedianMs: number;
  readonly roundTripP95Ms: number;
  readonly heardGapMedianMs: number;
  readonly heardGapP95Ms: number;
  /** Of the round trip, all but the models. */
  readonly infraMedianMs: number;
  readonly infraP95Ms: number;
  /** Medians of what the round trip consists of. */
  readonly stagesMedianMs: Readonly<Record<'stt' | 'firstToken' | 'clause' | 'firstByte' | 'queued' | 'mixed', number>>;
}

export interface Measured {
  readonly rows: readonly Row[];
  /** Which were not begun, for lack of time. */
  readonly rowsLeftOut: number;
}

export interface Headline {
  readonly colocatedRoundTripP95Ms: number;
  readonly colocatedFirstSentenceP95Ms: number;
  readonly infraShareP95Ms: number;
  readonly stitchedOverColocated: number;
  readonly stitchedOverColocatedStreaming: number;
}

export function rowOf(key: RowKey, profile: Profile, times: readonly TurnTimes[], unanswered = 0): Row {
  const compute = computeMs(profile, key.firstSpoken);
  const of = (pick: (one: TurnTimes) => number, percent: number) => percentile(times.map(pick), percent);
  return {
    ...key,
    turns: times.length,
    unanswered,
    roundTripMedianMs: of(({ roundTrip }) => roundTrip, 50),
    roundTripP95Ms: of(({ roundTrip }) => roundTrip, 95),
    heardGapMedianMs: of(({ heardGap }) => heardGap, 50),
    heardGapP95Ms: of(({ heardGap }) => heardGap, 95),
    infraMedianMs: of(({ roundTrip }) => roundTrip - compute, 50),
    infraP95Ms: of(({ roundTrip }) => roundTrip - compute, 95),
    stagesMedianMs: {
      stt: of(({ stt }) => stt, 50),
      firstToken: of(({ firstToken }) => firstToken, 50),
      clause: of(({ clause }) => clause, 50),
      firstByte: of(({ firstByte }) => firstByte, 50),
      queued: of(({ queued }) => queued, 50),
      mixed: of(({ out, queued }) => out - queued, 50),
    },
  };
}

/** Ratios compare medians over one transport: the same agent, the same models, another distance. */
export function headline(rows: readonly Row[], profile: string): Headline {
  const row = (oneWayMs: number, transport: Transport, firstSpoken: ReplyKind = 'clause'): Row => {
    const is = (one: Row) => one.profile === profile && one.oneWayMs === oneWayMs && one.transport === transport;
    const found = rows.find((one) => is(one) && one.firstSpoken === firstSpoken);
    if (!found) throw new Error(`no row of ${profile}, ${oneWayMs} ms, ${transport}, ${firstSpoken}`);
    return found;
  };
  const over = (transport: Transport) =>
    rounded(row(FARTHEST, transport).roundTripMedianMs / row(NEAREST, transport).roundTripMedianMs, 2);
  const colocated = row(NEAREST, 'streaming');
  return {
    colocatedRoundTripP95Ms: colocated.roundTripP95Ms,
    colocatedFirstSentenceP95Ms: row(NEAREST, 'streaming', 'sentence').roundTripP95Ms,
    infraShareP95Ms: colocated.infraP95Ms,
    stitchedOverColocated: over('new-connections'),
    stitchedOverColocatedStreaming: over('streaming'),
  };
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return rounded(sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN, 1);
}
