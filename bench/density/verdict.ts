import { allGaps, gapPercentileMs, type Heard } from './heard';

/** What was asked of every call, and what came. */
export interface Held {
  readonly calls: number;
  readonly heard: readonly Heard[];
  /** Of the callers' own packets, the one that left latest after its time. */
  readonly sentLateMs: number;
  /** Calls whose caller the agent understood at least once. */
  readonly understood: number;
  /** Calls that somebody else than the caller ended. */
  readonly cut: number;
  /** Of each call that the media server answered: how long it was, and how much of it the recorder stored. */
  readonly recordings: readonly Recording[];
  /** What went wrong before anything could be measured. */
  readonly broken?: string;
}

export interface Recording {
  readonly seconds: number;
  readonly storedSeconds: number;
}

const GAP_P99_MS = 30;
const SHORT_SECONDS = 1;

/** Every reason why so many calls were not held; none if they were. */
export function reasons({ calls, heard, understood, cut, recordings, broken }: Held): string[] {
  const rules: readonly (readonly [string, number])[] = [
    ['callers not on the line', calls - heard.filter(({ packets }) => packets > 0).length],
    ['packets lost', sum(heard, ({ lost }) => lost)],
    ['callers who heard more than one stream', heard.filter(({ streams }) => streams > 1).length],
    ['callers with a p99 gap over 30 ms', heard.filter(isGappy).length],
    ['callers who heard no reply', heard.filter(({ answered }) => answered === 0).length],
    ['callers whom the agent did not understand', calls - understood],
    ['calls cut', cut],
    ['turns without an answer', sum(heard, ({ unanswered }) => unanswered)],
    ['recordings missing', calls - recordings.filter(({ storedSeconds }) => storedSeconds > 0).length],
    ['recordings more than 1 s off', recordings.filter(isOff).length],
  ];
  const overall = gapPercentileMs(allGaps(heard), 99);
  return [
    ...(broken === undefined ? [] : [broken]),
    ...(overall <= GAP_P99_MS ? [] : [`p99 gap ${overall} ms`]),
    ...rules.filter(([, count]) => count !== 0).map(([what, count]) => `${count} ${what}`),
  ];
}

const isGappy = ({ gaps }: Heard): boolean => !(gapPercentileMs(gaps, 99) <= GAP_P99_MS);
const isOff = ({ seconds, storedSeconds }: Recording): boolean => !(Math.abs(seconds - storedSeconds) <= SHORT_SECONDS);

const sum = (heard: readonly Heard[], of: (one: Heard) => number): number =>
  heard.reduce((total, one) => total + of(one), 0);
