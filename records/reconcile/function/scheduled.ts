import { type ReconcileProps, type ReconciledDay, reconcileDay } from '../reconcile';
import { findingLines, metricLines } from './lines';

const DAY_MS = 86_400_000;

/** What the schedule says: the instant at which it fired, which another try does not change, and which day is meant. */
export interface Scheduled {
  readonly time: string;
  readonly daysAgo: number;
}

export interface ScheduledProps extends Omit<ReconcileProps, 'look' | 'now'> {
  readonly now: () => Date;
  /** Of the log; each is a line. */
  readonly write: (line: string) => void;
}

/**
 * Compares one day and says what was found. Only a day that was compared to its end has a metric: its silence is what the
 * alarm on silence hears.
 */
export async function reconcileScheduled(props: ScheduledProps, { time, daysAgo }: Scheduled): Promise<ReconciledDay> {
  const day = new Date(Date.parse(time) - daysAgo * DAY_MS).toISOString().slice(0, 10);
  const { reconciliation, now, write } = props;
  const reconciled = await reconcileDay({ ...props, look: 'lock', now: now() }, day);
  for (const line of findingLines(reconciliation, reconciled)) write(line);
  for (const line of metricLines(reconciliation, reconciled, now().getTime())) write(line);
  return reconciled;
}
