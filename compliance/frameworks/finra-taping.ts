import { daysOf } from './calendar';
import type { FrameworkTable } from './framework';

const checkedOn = '2026-11-22';
const citation = 'FINRA Rule 3170(c)';

/** The Taping Rule: firms under it record every call of their registered persons, and catalogue by person and date. */
export const FINRA_TAPING: FrameworkTable = [
  ...(['recording', 'voicemail'] as const).map((dataClass) => ({
    dataClass,
    floorDays: daysOf(3),
    accessibleDays: daysOf(2),
    protection: 'worm' as const,
    citation,
    basis: 'law' as const,
    sources: ['F3'],
    checkedOn,
  })),
  {
    dataClass: 'cdr',
    floorDays: daysOf(3),
    accessibleDays: daysOf(2),
    protection: 'worm',
    citation,
    basis: 'reading',
    sources: ['F3'],
    checkedOn,
  },
];
