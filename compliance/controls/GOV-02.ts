import type { Control } from './control';
import { attested } from './shared/attested';

/** One of two: a third party (D3P) or a Designated Executive Officer undertakes to produce the records. */
export const GOV_02: Control = {
  id: 'GOV-02',
  title: 'An undertaking to produce the records, by a third party or a designated executive officer, is on file.',
  citations: [{ authority: 'finra', text: '17 CFR 240.17a-4(f)(3)' }],
  severity: 'error',
  sources: ['F4'],
  checkedOn: '2026-11-22',
  builds: 'Nothing: the undertaking is a letter to the examining authority.',
  onTemplate: 'An attestation with the id GOV-02 or undertaking, not older than 12 months, says who undertook it.',
  live: 'none: no API knows of the letter',
  check: (evidence) => [
    attested(evidence, {
      ids: ['GOV-02', 'undertaking'],
      what: 'a designated third party or executive officer undertaking is on file',
    }),
  ],
};
