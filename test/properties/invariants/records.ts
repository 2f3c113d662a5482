import type { DataClass, Framework } from '../../../regions/config/schema';
import { unless, type Invariant } from './invariant';

/** Calendar years the law, or the kit where the law gives no number, keeps a class; the rest is below a year and a half. */
const YEARS: Readonly<Record<Framework, Partial<Record<DataClass, number>>>> = {
  hipaa: { recording: 6, voicemail: 6, transcript: 6, cdr: 6, log: 6, posture: 6 },
  finra: { recording: 3, voicemail: 3, transcript: 3, prompt: 3, cdr: 6, log: 6, posture: 3 },
  'finra-taping': { recording: 3, voicemail: 3, cdr: 3 },
  pci: {},
  soc2: { recording: 1, voicemail: 1, transcript: 1, cdr: 1, log: 1, posture: 7 },
};

const DAY_MS = 86_400_000;

/** Days that cover so many years from any day on: every start in a leap cycle is tried. */
function daysCovering(years: number): number {
  const starts = Array.from({ length: 4 * 366 }, (_, day) => new Date(Date.UTC(2024, 0, 1 + day)));
  return Math.max(
    ...starts.map((start) => {
      const end = Date.UTC(start.getUTCFullYear() + years, start.getUTCMonth(), start.getUTCDate());
      return (end - start.getTime()) / DAY_MS;
    }),
  );
}

const FLOOR_DAYS = new Map([0, 1, 3, 6, 7].map((years) => [years, years === 0 ? 1 : daysCovering(years)]));

/** Kept for whole calendar years, leap days included, and never shorter than the file asks. */
export const retentionReachesTheFloors: Invariant = ({ plan, config }) =>
  Object.values(plan.retention).flatMap(({ dataClass, days }) => {
    const years = config.frameworks.map((framework) => YEARS[framework][dataClass] ?? 0);
    const floor = Math.max(FLOOR_DAYS.get(Math.max(0, ...years)) ?? 1, config.retention?.[dataClass]?.days ?? 1);
    return unless(Number.isInteger(days) && days >= floor, `${dataClass} for ${days} of ${floor} days`);
  });

/** WORM where a framework or the file asks for it, nothing irreversible that was not accepted. */
export const locksAreNeitherWeakerNorUnasked: Invariant = ({ plan, config }) =>
  (['recording', 'voicemail', 'transcript'] as const).flatMap((dataClass) => {
    const { lockMode, logGroupDays, days, transitions } = plan.retention[dataClass];
    const asked =
      config.frameworks.includes('finra') ||
      (config.frameworks.includes('finra-taping') && dataClass !== 'transcript') ||
      config.retention?.[dataClass]?.lockMode === 'COMPLIANCE';
    return [
      ...unless(lockMode !== undefined, `${dataClass} is unlocked`),
      ...unless(!asked || lockMode === 'COMPLIANCE', `${dataClass} is locked in ${lockMode}`),
      ...unless(lockMode !== 'COMPLIANCE' || config.acceptIrreversible === true, `${dataClass} cannot be undone`),
      ...unless((logGroupDays ?? Infinity) >= days, `${dataClass} logs for ${logGroupDays} of ${days} days`),
      ...unless(
        transitions.every(({ afterDays }) => afterDays < days),
        `${dataClass} moves after its end`,
      ),
    ];
  });
