import type { Control } from './control';
import { perRegion } from './shared/account-services';

/** CloudFormation has no resource that enables Inspector for instances, so somebody says it or the account shows it. */
export const VUL_01: Control = {
  id: 'VUL-01',
  title: 'Instances and images are scanned for known vulnerabilities.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC7.1' }],
  severity: 'error',
  sources: ['A11'],
  checkedOn: '2026-11-22',
  builds: 'Nothing: CloudFormation cannot enable Inspector; repositories scan on push.',
  onTemplate: 'An attestation, with the id VUL-01 or inspector, says that Amazon Inspector scans EC2 and ECR.',
  live: 'inspector2:BatchGetAccountStatus',
  check: (evidence) =>
    perRegion(evidence, {
      key: 'inspector',
      ids: ['VUL-01', 'inspector'],
      what: 'Amazon Inspector scans the EC2 instances and ECR images of the account and region',
      made: 'a resource that enables Amazon Inspector',
    }),
};
