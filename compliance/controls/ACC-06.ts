import type { Resource } from '../templates/template-set';
import { overall, unmet, type Control } from './control';

/** A key that never expires is found in a repository years after whoever made it has left. */
export const ACC_06: Control = {
  id: 'ACC-06',
  title: 'Nobody gets a long-lived credential: no IAM user, no access key, no service-specific password.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 CC6.1' }],
  severity: 'error',
  sources: ['GK'],
  checkedOn: '2026-11-22',
  builds: 'Roles only; people come by IAM Identity Center or as users that are not of these templates, with MFA.',
  onTemplate: 'There is no AWS::IAM::User, AccessKey or ServiceSpecificCredential.',
  live: 'iam:GetCredentialReport',
  check: (evidence) => {
    const found = evidence.ofType(...Object.keys(WHAT));
    if (found.length > 0) return found.map((resource) => unmet(resource, messageFor(resource)));
    // Where no identity is made, there is nobody to give a credential to.
    return evidence.ofType(...IDENTITIES).length > 0 ? [overall('met', 'only roles are made')] : [];
  },
};

const WHAT: Readonly<Record<string, string>> = {
  'AWS::IAM::User': 'it is a user, whose credentials do not expire',
  'AWS::IAM::AccessKey': 'it is a key that does not expire',
  'AWS::IAM::ServiceSpecificCredential': 'it is a password that does not expire',
};

const IDENTITIES = ['AWS::IAM::Role', 'AWS::IAM::Group', 'AWS::SSO::PermissionSet'] as const;

const messageFor = ({ type }: Resource): string =>
  `${WHAT[type] ?? 'it does not expire'}; use a role, for people by IAM Identity Center`;
