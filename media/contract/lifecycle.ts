/** Seconds and minutes that hold a node while its calls last; every one follows from the longest call. */
export interface Lifecycle {
  /** Between SIGTERM and SIGKILL of a container: a task that is stopped unasked still ends its calls. */
  readonly stopTimeoutSeconds: number;
  /** Heartbeat of the termination hook: a node with a call renews it before this runs out. */
  readonly hookHeartbeatSeconds: number;
  /** Task scale-in protection asked for while a call lasts. */
  readonly protectionMinutes: number;
  /** From the moment ECS runs all new tasks of a deployment until the old ones leave. */
  readonly settleSeconds: number;
}

/**
 * A node whose task is gone waits out one heartbeat, with its address, before it goes; so it is short and renewed.
 * Auto Scaling ends a hook after a hundred heartbeats (Auto Scaling API, `HeartbeatTimeout`: 30 to 7200 seconds; global
 * timeout 48 hours or 100 times the heartbeat, whichever is less).
 */
const HEARTBEAT_SECONDS = 300;
const HEARTBEATS = 90;
/** Longest task scale-in protection (ECS API, `UpdateTaskProtection`, `expiresInMinutes`: 1 to 2880). */
const MAX_PROTECTION_MINUTES = 2880;

/**
 * A running task has not said that it is healthy (ECS API, `Deployment`, `runningCount`): its containers start, the directory
 * names it, rosters look (2 s), the proxy takes their list (6 s) and asks the new node how it is (2 s).
 */
const SETTLE_SECONDS = 60;

/** Longest call where a deployment does not say, minutes. */
export const DEFAULT_MAX_CALL_MINUTES = 120;

/** The one source of the drain's numbers. `maxCallMinutes` is the longest call a node may hold, in minutes. */
export function lifecycle(maxCallMinutes: number): Lifecycle {
  const seconds = maxCallMinutes * 60;
  return {
    stopTimeoutSeconds: seconds,
    hookHeartbeatSeconds: Math.max(HEARTBEAT_SECONDS, Math.ceil(seconds / HEARTBEATS)),
    protectionMinutes: Math.min(MAX_PROTECTION_MINUTES, maxCallMinutes),
    settleSeconds: SETTLE_SECONDS,
  };
}

/** Of these, what the container needs that holds its node. */
export function holdEnv(maxCallMinutes: number): Record<string, string> {
  const { hookHeartbeatSeconds, protectionMinutes, settleSeconds } = lifecycle(maxCallMinutes);
  return {
    HOOK_HEARTBEAT_SECONDS: String(hookHeartbeatSeconds),
    PROTECTION_MINUTES: String(protectionMinutes),
    SETTLE_SECONDS: String(settleSeconds),
  };
}
