import type { Control } from './control';
import { attested } from './shared/attested';

/** The alternative undertaking for a cloud: the firm owns the records and reaches them without the provider's help. */
export const GOV_03: Control = {
  id: 'GOV-03',
  title: 'AWS has undertaken not to impede examination, and the firm reaches its records by itself.',
  citations: [{ authority: 'finra', text: '17 CFR 240.17a-4(i)(1)(ii)' }],
  severity: 'error',
  sources: ['F4'],
  checkedOn: '2026-11-22',
  builds: 'A playback role of the firm’s own account; the undertaking itself is a letter of the provider.',
  onTemplate:
    'An attestation with the id GOV-03 or independent-access, not older than 12 months, says that the letter is on file and access independent.',
  live: 'none: no API knows of the letter',
  check: (evidence) => [
    attested(evidence, {
      ids: ['GOV-03', 'independent-access'],
      what: 'the undertaking of AWS is on file and the firm has independent access to its records',
    }),
  ],
};
