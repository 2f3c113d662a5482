import type { Control } from './control';
import { attested } from './shared/attested';
import { keptBuckets } from './shared/records';

/** HIPAA sets no period for medical records and states differ, so there is no number to assume. */
export const REC_13: Control = {
  id: 'REC-13',
  title: 'Recordings that are medical records are kept for as long as the law of the state asks.',
  citations: [{ authority: 'hipaa', text: '45 CFR 164.501 (designated record set); medical record law of the state' }],
  severity: 'error',
  sources: ['S7', 'GK'],
  checkedOn: '2026-11-22',
  builds:
    'Nothing: the retention of a class is a line in the deployment, and its legal basis is for a person to state.',
  onTemplate:
    'Where there are buckets of recordings, voicemails or transcripts to keep, somebody attests (REC-13 or medical-record-period) the period of the state’s law, or that none of them is a medical record.',
  live: 'none: no API knows which law applies; the attestation is read',
  check: (evidence) =>
    keptBuckets(evidence, ['recording', 'voicemail', 'transcript']).length > 0
      ? [
          attested(evidence, {
            ids: ['REC-13', 'medical-record-period'],
            what: 'records are kept for the medical-record period of state law, or that none is part of a designated record set',
          }),
        ]
      : [],
};
