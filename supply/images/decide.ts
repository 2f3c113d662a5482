import type { Lock } from '../../regions/lock';
import type { Chosen } from './manifest';

/** What a registry said of a reference. */
export interface Answer {
  readonly reference: string;
  readonly chosen: Chosen;
}

/** What comes of one reference. */
export interface Outcome {
  readonly reference: string;
  /**
   * `filled` it was unlocked, `moved` its tag points elsewhere, `same` nothing to do, `unknown` nobody could say.
   */
  readonly state: 'filled' | 'moved' | 'same' | 'unknown';
  /** Digest in the lock file; undefined when unlocked or absent. */
  readonly before?: string;
  readonly after?: string;
  /** Why nobody could say. */
  readonly why?: string;
}

/** Compares what is locked with what the registries have. */
export const outcomesOf = (lock: Pick<Lock, 'images'>, answers: readonly Answer[]): Outcome[] =>
  answers.map(({ reference, chosen }) => {
    const locked = Object.hasOwn(lock.images, reference) ? lock.images[reference]?.digest : undefined;
    const before = locked ? { before: locked } : {};
    if (!chosen.ok) return { reference, state: 'unknown', ...before, why: chosen.why };
    const after = chosen.digest;
    if (!locked) return { reference, state: 'filled', after };
    return { reference, state: locked === after ? 'same' : 'moved', ...before, after };
  });

export interface Mode {
  /** Moved tags are followed. */
  readonly update: boolean;
  /** Nothing is written. */
  readonly check: boolean;
}

/** Outcomes that change the lock file. */
export const changesOf = (outcomes: readonly Outcome[], { update, check }: Mode): Outcome[] =>
  check ? [] : outcomes.filter(({ state }) => state === 'filled' || (state === 'moved' && update));

/** Outcomes somebody has to look at: what may not go unnoticed and has not been written. */
export const findingsOf = (outcomes: readonly Outcome[], { update, check }: Mode): Outcome[] =>
  outcomes.filter(({ state }) => (state === 'moved' && (check || !update)) || (state === 'filled' && check));
