import type { Control } from './control';
import { attested } from './shared/attested';

export const GOV_06: Control = {
  id: 'GOV-06',
  title: 'A risk analysis was made within the last 12 months.',
  citations: [{ authority: 'hipaa', text: '45 CFR 164.308(a)(1)(ii)(A)' }],
  severity: 'error',
  sources: ['S6'],
  checkedOn: '2026-11-22',
  builds: 'Nothing: the posture report is an input to the analysis, not the analysis.',
  onTemplate:
    'An attestation with the id GOV-06 or risk-analysis bears the day of the analysis, at most 12 months ago.',
  live: 'none: no API knows of it',
  check: (evidence) => [
    attested(evidence, { ids: ['GOV-06', 'risk-analysis'], what: 'a risk analysis of this deployment was made' }),
  ],
};
