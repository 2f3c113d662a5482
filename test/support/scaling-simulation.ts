/** The numbers of a rendered scaling policy, as Application Auto Scaling and CloudWatch read them. */
export interface ScalingRules {
  readonly min: number;
  readonly max: number;
  readonly scaleOutAbove: number;
  readonly scaleOutCooldownMinutes: number;
  readonly scaleInBelow: number;
  readonly scaleInPoints: number;
  readonly scaleInStep: number;
  readonly scaleInCooldownMinutes: number;
}

export interface Scaled {
  readonly minute: number;
  readonly calls: number;
  /** Desired tasks after the change. */
  readonly tasks: number;
}

export interface SimulatedTime {
  readonly scaleOuts: Scaled[];
  readonly scaleIns: Scaled[];
  /** Calls per running task, minute by minute. */
  readonly loadPerTask: number[];
}

/** Points above the target before target tracking acts: its own alarm asks for three one-minute points of three. */
const SCALE_OUT_POINTS = 3;

interface Duration {
  readonly minutes: number;
  /** From the wish for a task until it runs. */
  readonly startMinutes: number;
  /** Running at the start; the minimum if left out. */
  readonly tasks?: number;
}

/** Minute by minute, what the policy does to a tier whose calls follow `callsAt`. */
export function simulate(
  rules: ScalingRules,
  callsAt: (minute: number) => number,
  { minutes, startMinutes, tasks = rules.min }: Duration,
): SimulatedTime {
  const result: SimulatedTime = { scaleOuts: [], scaleIns: [], loadPerTask: [] };
  const desired: number[] = [tasks];
  const afterScaleIn: number[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    const calls = callsAt(minute);
    const current = desired.at(-1) ?? tasks;
    // A task runs when it was wished for throughout its start.
    const running = Math.min(...desired.slice(-startMinutes - 1));
    result.loadPerTask.push(calls / running);
    afterScaleIn.push(running > 1 ? calls / (running - 1) : rules.scaleInBelow);
    const next = decide(rules, result, { minute, current, running, afterScaleIn });
    if (next !== current) (next > current ? result.scaleOuts : result.scaleIns).push({ minute, calls, tasks: next });
    desired.push(next);
  }
  return result;
}

export interface Now {
  readonly minute: number;
  readonly current: number;
  readonly running: number;
  readonly afterScaleIn: readonly number[];
}

/** Desired tasks after this minute, as policy and alarm would have them. */
export function decide(rules: ScalingRules, past: SimulatedTime, now: Now): number {
  const since = (events: Scaled[]): number => now.minute - (events.at(-1)?.minute ?? Number.NEGATIVE_INFINITY);
  const loads = past.loadPerTask.slice(-SCALE_OUT_POINTS);
  const busy = loads.length === SCALE_OUT_POINTS && loads.every((load) => load > rules.scaleOutAbove);
  if (busy && since(past.scaleOuts) >= rules.scaleOutCooldownMinutes) {
    const load = loads.at(-1) ?? 0;
    return Math.min(rules.max, Math.ceil((now.current * load) / rules.scaleOutAbove));
  }
  const points = now.afterScaleIn.slice(-rules.scaleInPoints);
  const quiet = points.length === rules.scaleInPoints && points.every((load) => load < rules.scaleInBelow);
  const rested = since(past.scaleIns) >= rules.scaleInCooldownMinutes;
  return quiet && rested ? Math.max(rules.min, now.current + rules.scaleInStep) : now.current;
}
