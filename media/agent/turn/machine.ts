/**
 * Who has the floor in a call, decided from voice activity and from what is being played; no clock, no input or output.
 * One law: from an interruption until the next decision the agent says nothing.
 */
export interface TurnRules {
  /** Speech this long opens a turn. */
  readonly onsetMs: number;
  /** Speech this long, over the agent, interrupts it. */
  readonly bargeInMs: number;
  /** Silence after speech at which the transcript is asked for, ahead of the decision. */
  readonly pauseMs: number;
  /** Silence after speech that ends the turn. */
  readonly endOfTurnMs: number;
  /** Speech this long ends the turn although the caller goes on. */
  readonly longestTurnMs: number;
}

export const TURN_RULES: TurnRules = {
  onsetMs: 60,
  bargeInMs: 120,
  pauseMs: 120,
  endOfTurnMs: 240,
  longestTurnMs: 60_000,
};

export type TurnPhase = 'listening' | 'hearing' | 'pausing' | 'replying';

export interface TurnState {
  readonly phase: TurnPhase;
  /** Speech heard in a row, gaps of one window forgiven. */
  readonly speechMs: number;
  readonly silenceMs: number;
  readonly turnMs: number;
}

export type TurnInput =
  | { readonly kind: 'window'; readonly speech: boolean; readonly ms: number }
  /** All of the reply was played, or there was none to play. */
  | { readonly kind: 'reply-done' }
  /** The agent speaks first: a greeting, a filler after a hold. */
  | { readonly kind: 'reply-begun' };

export type TurnAction = 'speech-began' | 'transcribe' | 'discard-transcript' | 'decide' | 'barge-in';

export const LISTENING: TurnState = { phase: 'listening', speechMs: 0, silenceMs: 0, turnMs: 0 };
const REPLYING: TurnState = { ...LISTENING, phase: 'replying' };
const FORGIVEN_GAP_MS = 40;

export interface TurnStep {
  readonly state: TurnState;
  readonly actions: readonly TurnAction[];
}

export function turnStep(state: TurnState, input: TurnInput, rules: TurnRules = TURN_RULES): TurnStep {
  if (input.kind === 'reply-begun') return stay(state.phase === 'listening' ? REPLYING : state);
  if (input.kind === 'reply-done') return stay(state.phase === 'replying' ? { ...state, phase: 'listening' } : state);
  const next = counted(state, input.speech, input.ms);
  if (state.phase === 'listening') return opened(next, rules.onsetMs, 'speech-began');
  if (state.phase === 'replying') return opened(next, rules.bargeInMs, 'barge-in');
  if (next.turnMs >= rules.longestTurnMs) return ended(next);
  return state.phase === 'hearing' ? hearing(next, rules) : pausing(next, rules);
}

function counted(state: TurnState, speech: boolean, ms: number): TurnState {
  const silenceMs = speech ? 0 : state.silenceMs + ms;
  const kept = silenceMs <= FORGIVEN_GAP_MS ? state.speechMs : 0;
  return { ...state, silenceMs, speechMs: speech ? kept + ms : kept, turnMs: state.turnMs + ms };
}

function opened(state: TurnState, needMs: number, action: TurnAction): TurnStep {
  if (state.speechMs < needMs) return stay({ ...state, turnMs: 0 });
  return { state: { ...state, phase: 'hearing', turnMs: state.speechMs }, actions: [action] };
}

const hearing = (state: TurnState, rules: TurnRules): TurnStep =>
  state.silenceMs >= rules.pauseMs
    ? { state: { ...state, phase: 'pausing' }, actions: ['transcribe'] }
    : { state, actions: [] };

function pausing(state: TurnState, rules: TurnRules): TurnStep {
  if (state.silenceMs === 0) return { state: { ...state, phase: 'hearing' }, actions: ['discard-transcript'] };
  if (state.silenceMs < rules.endOfTurnMs) return stay(state);
  return { state: REPLYING, actions: ['decide'] };
}

/** Nobody waited for a pause, so the transcript is asked for with the decision. */
const ended = (state: TurnState): TurnStep => ({
  state: REPLYING,
  actions: state.phase === 'hearing' ? ['transcribe', 'decide'] : ['decide'],
});

const stay = (state: TurnState): TurnStep => ({ state, actions: [] });
