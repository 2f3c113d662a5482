import type { Denial, Statement } from './guardrail';

/**
 * Where the kit keeps calls, keys, secrets, images and logs, and its roles. Federated sign-in (`AssumeRoleWithSAML`,
 * `AssumeRoleWithWebIdentity`) is left out, because such a caller is of no organization yet.
 */
const GUARDED = ['dynamodb:*', 'ecr:*', 'kms:*', 'logs:*', 's3:*', 'secretsmanager:*', 'sts:AssumeRole'];

const onAll = (Sid: string, Condition: NonNullable<Statement['Condition']>): Statement => ({
  Sid,
  Effect: 'Deny',
  Principal: '*',
  Action: GUARDED,
  Resource: '*',
  Condition,
});

/** Everything of the resource control policy of an organization. */
export const resourcePerimeter = (organizationId: string): readonly Denial[] => [
  {
    denies: `data, keys, secrets, images, logs and roles to whoever is not of organization ${organizationId}`,
    notes: [
      'Attached in another organization it locks everybody out: compare the id before.',
      'Resource control policies act on no AWS managed key, no service-linked role and not on Amazon Bedrock.',
    ],
    statement: onAll('DenyStrangers', {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organizationId },
      // An unsigned request has neither key, and is denied.
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    }),
  },
  {
    denies: 'the same to AWS services that act for an account of another organization',
    statement: onAll('DenyServicesForStrangers', {
      StringNotEqualsIfExists: { 'aws:SourceOrgID': organizationId },
      // Services that do not say for whom they act are let through.
      Null: { 'aws:SourceAccount': 'false' },
      Bool: { 'aws:PrincipalIsAWSService': 'true' },
    }),
  },
];
