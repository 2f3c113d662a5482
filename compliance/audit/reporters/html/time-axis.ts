import type { RetentionRow } from '../../posture';

const YEAR_DAYS = 365.25;

/** Right of it what is kept for ever runs on. */
const KNOWN_SHARE = 92;

export interface TimeAxis {
  /** Percent of the width. */
  readonly at: (days: number) => number;
  readonly ticks: readonly { readonly days: number; readonly label: string }[];
}

/** One scale for all rows, so that they can be compared: in years, or in days where all is shorter. */
export function timeAxis(rows: readonly RetentionRow[]): TimeAxis {
  const longest = Math.max(30, ...rows.flatMap(daysOf));
  const years = longest >= YEAR_DAYS;
  const unit = years ? YEAR_DAYS : 1;
  const step = stepFor(longest / unit);
  const count = Math.ceil(longest / unit / step);
  const end = Math.round(count * step * unit);
  return {
    at: (days) => (days / end) * KNOWN_SHARE,
    ticks: Array.from({ length: count + 1 }, (_, index) => {
      const value = index * step;
      return { days: Math.round(value * unit), label: `${value}${index === 0 ? '' : years ? ' y' : ' d'}` };
    }),
  };
}

const daysOf = ({ floorDays, ceilingDays = 0, stores }: RetentionRow): number[] => [
  floorDays,
  ceilingDays,
  ...stores.map(({ days = 0 }) => days),
];

/** At most ten ticks. */
const stepFor = (length: number): number => {
  const rough = length / 10;
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough) ?? power * 10;
};
