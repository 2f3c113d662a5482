/** What keeps a waiting caller from silence. */
export type Cover = 'nothing' | 'filler' | 'give-up';

export interface Patience {
  readonly fillerAfterMs: number;
  readonly giveUpAfterMs: number;
}

/** Two seconds of dead air are too many, and a filler takes its time to be heard; who waits eight is handed to a person. */
export const PATIENCE: Patience = { fillerAfterMs: 1_200, giveUpAfterMs: 8_000 };

export interface Wait {
  /** Since anything was heard from the agent, or since it was its turn. */
  readonly silentMs: number;
  /** Since the decision, or since the reply last made progress. */
  readonly waitedMs: number;
}

export function cover({ silentMs, waitedMs }: Wait, { fillerAfterMs, giveUpAfterMs }: Patience): Cover {
  if (waitedMs >= giveUpAfterMs) return 'give-up';
  return silentMs >= fillerAfterMs ? 'filler' : 'nothing';
}
