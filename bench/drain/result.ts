import { median, rounded } from '../cold-run';
import {
  cutOf,
  fewestAtOnce,
  type Kept,
  missingRecordings,
  type NodeStory,
  type PlacedCall,
  refusedOver,
  takenWhileLeaving,
} from './accounts';
import type { DrainCell } from './cell';
import type { Past } from './fleet';
import { type Kind, KINDS } from './load';
import type { Phones } from './phones';

export interface Cycle {
  readonly kind: Kind;
  readonly left: readonly Past[];
  /** Load average of a minute at its end. */
  readonly load: number;
}

export interface DrainResult {
  readonly cycles: Readonly<Record<Kind, number>>;
  readonly calls: number;
  /** Fewest calls in progress at any moment of the cycles. */
  readonly concurrent: number;
  readonly cut: number;
  readonly newCallsOnDraining: number;
  /** Calls that a node refused and another one took. */
  readonly refusedOver: number;
  readonly recordingsMissing: number;
  /** Nodes that let go or were given up before they were empty. */
  readonly endedEarly: number;
  /** Nodes that said they leave while nobody wanted them to, and took calls again. */
  readonly returned: number;
  readonly drains: number;
  /** From the moment a node says that it leaves until its last program has ended. */
  readonly drainSeconds: { readonly median: number; readonly worst: number };
  readonly seconds: number;
  /** Of one minute, at the end of each cycle: half of them and the most. */
  readonly loadAverage: { readonly median: number; readonly worst: number };
  /** The first few of each that is not 0. */
  readonly why: readonly string[];
}

export interface Ran {
  readonly cell: DrainCell;
  readonly done: readonly Cycle[];
  readonly calls: readonly PlacedCall[];
  readonly phones: Phones;
  readonly from: number;
  readonly to: number;
}

export function resultOf({ cell, done, calls, phones, from, to }: Ran): DrainResult {
  const { fleet, edge } = cell;
  const stories = fleet.all.map(storyOf);
  const cuts = calls.flatMap((call) => {
    const cut = cutOf(call, phones.heardAt(call.port));
    return cut ? [`${call.id} ${cut}`] : [];
  });
  const late = takenWhileLeaving(edge.events(), stories).map((callId) => `${callId} was taken by a node that leaves`);
  const missing = missingRecordings(stories, (callId) => keptOf(cell, callId));
  const drains = done.flatMap(({ left }) => left.map(secondsOf));
  return {
    cycles: Object.fromEntries(KINDS.map((kind) => [kind, done.filter((one) => one.kind === kind).length])) as Record<
      Kind,
      number
    >,
    calls: calls.length,
    concurrent: fewestAtOnce(calls, from, to),
    cut: cuts.length,
    newCallsOnDraining: late.length,
    refusedOver: refusedOver(stories),
    recordingsMissing: missing.length,
    endedEarly: fleet.faults.length,
    returned: fleet.all.filter(({ hasReturned }) => hasReturned).length,
    drains: drains.length,
    drainSeconds: spread(drains),
    seconds: rounded((to - from) / 1_000, 1),
    loadAverage: spread(done.map(({ load }) => load)),
    why: [cuts, late, missing, fleet.faults].flatMap((some) => some.slice(0, MOST_WHY)),
  };
}

const spread = (values: readonly number[]) => ({
  median: rounded(median(values), 1),
  worst: rounded(Math.max(...values), 1),
});

const storyOf = ({ node, leavingSince }: Past): NodeStory => ({
  address: node.address,
  events: node.events(),
  leavingSince,
});

const secondsOf = ({ leavingSince = Number.NaN, stoppedAt = Number.NaN }: Past): number =>
  (stoppedAt - leavingSince) / 1_000;

const MOST_WHY = 10;

const WAV_HEADER = 44;
/** Two sides of 8 kHz, 16 bit. */
const BYTES_A_SECOND = 32_000;

function keptOf({ stores }: DrainCell, callId: string): Kept {
  const row = stores.row(callId, 'recording#1');
  const version = stores.versions.find(({ versionId }) => versionId === row?.['versionId']);
  const isLocked = typeof row?.['retainUntil'] === 'string' && version !== undefined;
  return {
    recordedSeconds: isLocked ? (version.bytes - WAV_HEADER) / BYTES_A_SECOND : undefined,
    isInLedger: stores.row(callId, 'call') !== undefined,
  };
}
