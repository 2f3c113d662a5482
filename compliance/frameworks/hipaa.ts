import { daysOf } from './calendar';
import type { FrameworkTable } from './framework';

const checkedOn = '2026-11-22';

/** 45 CFR Part 164, Subpart C. HIPAA sets no period for recordings; the documentation period is the kit's default for them. */
export const HIPAA: FrameworkTable = [
  ...(['recording', 'voicemail', 'transcript'] as const).map((dataClass) => ({
    dataClass,
    floorDays: daysOf(6),
    protection: 'integrity' as const,
    citation: '45 CFR 164.312(c)(1); 164.316(b)(2)(i)',
    basis: 'default' as const,
    sources: ['S1', 'S3'],
    checkedOn,
  })),
  {
    dataClass: 'cdr',
    floorDays: daysOf(6),
    protection: 'integrity',
    citation: '45 CFR 164.312(c)(1); 164.316(b)(2)(i)',
    basis: 'default',
    sources: ['S1'],
    checkedOn,
  },
  {
    dataClass: 'prompt',
    floorDays: 30,
    citation: '45 CFR 164.312(a)(1)',
    basis: 'default',
    sources: ['S3'],
    checkedOn,
  },
  {
    dataClass: 'log',
    floorDays: daysOf(6),
    citation: '45 CFR 164.308(a)(1)(ii)(D); 164.316(b)(2)(i)',
    basis: 'reading',
    sources: ['S1', 'S7'],
    checkedOn,
  },
  {
    dataClass: 'posture',
    floorDays: daysOf(6),
    clock: 'event',
    protection: 'integrity',
    citation: '45 CFR 164.316(b)(2)(i)',
    basis: 'law',
    sources: ['S1'],
    checkedOn,
  },
];
