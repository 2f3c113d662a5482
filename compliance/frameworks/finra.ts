import { daysOf } from './calendar';
import type { FrameworkTable } from './framework';

const checkedOn = '2026-11-22';
const accessibleDays = daysOf(2);

/** SEC Rule 17a-4 and FINRA Rule 4511. A recording made is kept as a communication of the business as such. */
export const FINRA: FrameworkTable = [
  ...(['recording', 'voicemail', 'transcript'] as const).map((dataClass) => ({
    dataClass,
    floorDays: daysOf(3),
    accessibleDays,
    protection: 'worm' as const,
    citation: '17 CFR 240.17a-4(b)(4), (f)(2)(i)(B)',
    basis: 'law' as const,
    sources: ['F1', 'F2'],
    checkedOn,
  })),
  {
    dataClass: 'prompt',
    floorDays: daysOf(3),
    accessibleDays,
    citation: 'FINRA Regulatory Notice 24-09',
    basis: 'reading',
    sources: ['F6'],
    checkedOn,
  },
  {
    dataClass: 'cdr',
    floorDays: daysOf(6),
    accessibleDays,
    protection: 'worm',
    citation: 'FINRA Rule 4511(b), (c)',
    basis: 'reading',
    sources: ['F2'],
    checkedOn,
  },
  {
    dataClass: 'log',
    floorDays: daysOf(6),
    citation: '17 CFR 240.17a-4(f)(3)',
    basis: 'reading',
    sources: ['F1', 'F4'],
    checkedOn,
  },
  {
    dataClass: 'posture',
    floorDays: daysOf(3),
    clock: 'event',
    protection: 'worm',
    citation: '17 CFR 240.17a-4(e)(7), (f)(2)(i)(B)',
    basis: 'reading',
    sources: ['F1'],
    checkedOn,
  },
];
