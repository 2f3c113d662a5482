import type { FrameworkTable } from './framework';

/**
 * PCI DSS keeps nothing for long and wants one thing nowhere: sensitive authentication data after authorisation, in audio
 * too, encrypted or not. What is locked cannot be removed, so it has to be kept out before it is written.
 */
export const PCI: FrameworkTable = (['recording', 'voicemail', 'transcript', 'prompt'] as const).map((dataClass) => ({
  dataClass,
  floorDays: 0,
  excludes: 'card-data' as const,
  citation: 'PCI DSS 4.0.1 Requirement 3.3.1',
  basis: 'law' as const,
  sources: ['P1'],
  checkedOn: '2026-11-22',
}));
