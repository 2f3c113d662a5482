import { daysOf } from './calendar';
import type { FrameworkTable } from './framework';

const checkedOn = '2026-11-22';
const citation = 'TSC 2017 C1.1, C1.2';

/** AICPA Trust Services Criteria. They fix no number; an auditor tests the period that is stated, so the kit states one. */
export const SOC2: FrameworkTable = [
  ...(['recording', 'voicemail', 'transcript'] as const).map((dataClass) => ({
    dataClass,
    floorDays: 400,
    protection: 'integrity' as const,
    citation,
    basis: 'default' as const,
    sources: ['A11'],
    checkedOn,
  })),
  { dataClass: 'prompt', floorDays: 90, citation, basis: 'default', sources: ['A11'], checkedOn },
  {
    dataClass: 'cdr',
    floorDays: 400,
    protection: 'integrity',
    citation,
    basis: 'default',
    sources: ['A11'],
    checkedOn,
  },
  { dataClass: 'log', floorDays: 400, citation: 'TSC 2017 CC7.2', basis: 'default', sources: ['A11'], checkedOn },
  {
    dataClass: 'posture',
    floorDays: daysOf(7),
    protection: 'integrity',
    citation: 'TSC 2017 CC8.1',
    basis: 'default',
    sources: ['A11'],
    checkedOn,
  },
];
