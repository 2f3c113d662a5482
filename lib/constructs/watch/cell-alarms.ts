import type { MeteredCell } from '../scaling/cell-metrics';
import type { AlarmSpec } from './alarm-spec';
import { callAlarms } from './call-alarms';
import { tierAlarms, tiersOf } from './tier-alarms';

/** Every alarm of one cell. They name the cell's services, so that they need no reference to the cell's stack. */
export const cellAlarms = (metered: MeteredCell): AlarmSpec[] => [
  ...callAlarms(metered),
  ...tiersOf(metered.cell).flatMap((tier) => tierAlarms(metered, tier)),
];
