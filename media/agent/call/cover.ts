/** What keeps a waiting caller from silence. */
export type Cover = 'nothing' | 'filler' | 'give-up';

/** Two seconds of dead air are too many, and a filler takes its time to be heard. */
const FILLER_AFTER_MS = 1_200;
/** Waiting longer than this for a reply is handing the call to a person. */
const GIVE_UP_AFTER_MS = 8_000;

export interface Wait {
  /** Since anything was heard from the agent, or since it was its turn. */
  readonly silentMs: number;
  /** Since the decision, or since the reply last made progress. */
  readonly waitedMs: number;
}

export function cover({ silentMs, waitedMs }: Wait): Cover {
  if (waitedMs >= GIVE_UP_AFTER_MS) return 'give-up';
  return silentMs >= FILLER_AFTER_MS ? 'filler' : 'nothing';
}
