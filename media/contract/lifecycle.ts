/** Seconds and minutes that hold a node while its calls last; every one follows from the longest call. */
export interface Lifecycle {
  /** From the start of a drain to the end of the last call it may have to wait for. */
  readonly drainSeconds: number;
  /** Between SIGTERM and SIGKILL of a container: a task that is stopped unasked still ends its calls. */
  readonly stopTimeoutSeconds: number;
  /** Heartbeat of the termination hook: a node with a call renews it before this runs out. */
  readonly hookHeartbeatSeconds: number;
  /** Task scale-in protection asked for while a call lasts. */
  readonly protectionMinutes: number;
}

/** Longest heartbeat of a lifecycle hook (Auto Scaling API, `HeartbeatTimeout`: 30 to 7200 seconds). */
const MAX_HEARTBEAT_SECONDS = 7200;
/** Longest task scale-in protection (ECS API, `UpdateTaskProtection`, `expiresInMinutes`: 1 to 2880). */
const MAX_PROTECTION_MINUTES = 2880;

/** The one source of the drain's numbers. `maxCallMinutes` is the longest call a node may hold, in minutes. */
export function lifecycle(maxCallMinutes: number): Lifecycle {
  const seconds = maxCallMinutes * 60;
  return {
    drainSeconds: seconds,
    stopTimeoutSeconds: seconds,
    hookHeartbeatSeconds: Math.min(MAX_HEARTBEAT_SECONDS, seconds),
    protectionMinutes: Math.min(MAX_PROTECTION_MINUTES, maxCallMinutes),
  };
}
