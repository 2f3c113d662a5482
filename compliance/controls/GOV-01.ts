import type { Control } from './control';
import { attested } from './shared/attested';

export const GOV_01: Control = {
  id: 'GOV-01',
  title: 'A business associate agreement with AWS is in force.',
  citations: [{ authority: 'hipaa', text: '45 CFR 164.308(b)(1)' }],
  severity: 'error',
  sources: ['S5'],
  checkedOn: '2026-11-22',
  builds: 'Nothing: the agreement is accepted by a person, in AWS Artifact.',
  onTemplate:
    'An attestation with the id GOV-01 or baa, not older than 12 months, says that the agreement was accepted.',
  live: 'artifact:ListCustomerAgreements',
  check: (evidence) => [
    attested(evidence, {
      ids: ['GOV-01', 'baa'],
      what: 'the AWS Business Associate Addendum is accepted in AWS Artifact',
    }),
  ],
};
