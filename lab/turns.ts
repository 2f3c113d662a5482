import type { CallEvent } from '../media/contract';

type Marked = Extract<CallEvent, { event: 'turn.mark' }>;
type Mark = Marked['mark'];

/** One turn, as differences of moments, ms; a stage that did not happen is NaN. */
export interface TurnTimes {
  /** Last speech heard by the agent to its decision that the turn is over. */
  readonly wait: number;
  /** Decision to the words: 0 where they came during the wait. */
  readonly stt: number;
  readonly firstToken: number;
  readonly clause: number;
  readonly firstByte: number;
  /** First byte of speech to the first loud packet of the reply. */
  readonly out: number;
  /** Of that, until the media server took the first frame from its queue, which it looks at every 20 ms. */
  readonly queued: number;
  /** Decision to the first loud packet of the reply leaving the media server. */
  readonly roundTrip: number;
  /** Caller's last speech packet sent to the first loud packet of the reply received. */
  readonly heardGap: number;
}

/** Seen from the caller, on the wall clock of the machine, ms. */
export interface Outside {
  readonly lastSpeechAt: number;
  readonly firstReplyAt: number;
  /** Way of a packet from the media server to the caller that is not the cell's. */
  readonly wayMs: number;
}

const isMark = (event: CallEvent): event is Marked => event.event === 'turn.mark';

/**
 * Wall time of the call's own clock at 0. Each line has both clocks, the wall's cut to milliseconds: the latest start that
 * any of them allows is right to a fraction of one. Speech end is told later than it was, so it says nothing of it.
 */
export function zeroOf(events: readonly CallEvent[]): number {
  const starts = events
    .filter(isMark)
    .flatMap(({ mark, at, us }) => (mark === 'speech-end' ? [] : [Date.parse(at) - us / 1000]));
  return Math.max(...starts);
}

/** The turn that was decided between two moments, on the wall clock of the machine. */
export function turnBetween(events: readonly CallEvent[], from: number, to: number): number | undefined {
  const zero = zeroOf(events);
  const decided = events.filter(isMark).findLast(({ mark, us }) => {
    const at = zero + us / 1000;
    return mark === 'decision' && at >= from && at <= to;
  });
  return decided?.turn;
}

export function timesOf(events: readonly CallEvent[], turn: number, outside: Outside): TurnTimes {
  const zero = zeroOf(events);
  const at = (mark: Mark): number => {
    const found = events.filter(isMark).find((event) => event.turn === turn && event.mark === mark);
    return found ? zero + found.us / 1000 : Number.NaN;
  };
  const left = outside.firstReplyAt - outside.wayMs;
  return {
    wait: at('decision') - at('speech-end'),
    stt: at('stt-final') - at('decision'),
    firstToken: at('llm-first-token') - at('stt-final'),
    clause: at('first-clause') - at('llm-first-token'),
    firstByte: at('tts-first-byte') - at('first-clause'),
    out: left - at('tts-first-byte'),
    queued: at('first-frame-out') - at('tts-first-byte'),
    roundTrip: left - at('decision'),
    heardGap: outside.firstReplyAt - outside.lastSpeechAt,
  };
}
