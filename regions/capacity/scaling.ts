/**
 * Percentage of a task's declared calls at which its tier scales out. A new node or GPU task needs three to fifteen
 * minutes before it takes calls; the rest is what the running tasks absorb until then.
 */
export const SCALE_OUT_PERCENT = 70;

/**
 * Percentage that the remaining tasks may carry after a scale-in. The distance to the one above is the growth of calls
 * that a scale-in survives without being undone.
 */
export const SCALE_IN_PERCENT = 55;

export interface ScalingThresholds {
  /** Calls per task above which target tracking adds tasks. */
  readonly scaleOutCallsPerTask: number;
  /** Calls per remaining task below which one task may go. */
  readonly scaleInCallsPerTask: number;
}

/** When a tier adds and when it may remove a task. `callsPerTask` is what one task carries inside its latency budget. */
export const scalingThresholds = (callsPerTask: number): ScalingThresholds => ({
  scaleOutCallsPerTask: (callsPerTask * SCALE_OUT_PERCENT) / 100,
  scaleInCallsPerTask: (callsPerTask * SCALE_IN_PERCENT) / 100,
});

/** One quiet quarter of an hour, every minute of it, before one task goes. */
export const SCALE_IN_QUIET_MINUTES = 15;

/** Between two scale-ins, seconds: long enough for the counts to show what the last one did. */
export const SCALE_IN_COOLDOWN_SECONDS = 600;

/** Least time before a scale-out is repeated, seconds: a fresh instance boots and pulls images. */
export const SCALE_OUT_COOLDOWN_SECONDS = 300;

/**
 * Cooldown of a tier's scale-out, seconds: tasks already asked for count as capacity until they run, so a slow start is
 * not answered with a second helping. `startSeconds` is the longest a healthy task may take to start.
 */
export const scaleOutCooldownSeconds = (startSeconds: number): number =>
  Math.max(SCALE_OUT_COOLDOWN_SECONDS, startSeconds);
