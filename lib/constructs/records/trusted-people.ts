import * as iam from 'aws-cdk-lib/aws-iam';

/** Roles that IAM Identity Center makes in an account; the identity provider asks their users for MFA. */
const IDENTITY_CENTER = ':role/aws-reserved/sso.amazonaws.com/';

/**
 * The people who may assume a role: Identity Center roles as they are, anybody else only with MFA. Principals are
 * compared, not named, so that one which does not exist (yet) fails no deployment; each also needs `sts:AssumeRole` from
 * its own account.
 *
 * IAM passes no MFA information on from role to role (IAM user guide, "Secure API access with MFA"), so of the others
 * only IAM users get in.
 * They act through the region's own STS endpoint, because the alert on it is regional too.
 * @throws Error when an ARN names no account
 */
export function trustedPeople(arns: readonly string[], region: string): iam.PrincipalBase {
  const inRegion = { StringEquals: { 'aws:RequestedRegion': region } };
  const accounts = [...new Set(arns.map(accountOf))];
  return new iam.CompositePrincipal(
    ...accounts.flatMap((account) => {
      const people = arns.filter((arn) => accountOf(arn) === account);
      return [
        ...trusting(account, people.filter(isIdentityCenter), inRegion),
        ...trusting(
          account,
          people.filter((arn) => !isIdentityCenter(arn)),
          { ...inRegion, ...WITH_MFA },
        ),
      ];
    }),
  );
}

const WITH_MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };

function trusting(account: string, arns: string[], conditions: Record<string, unknown>): iam.PrincipalBase[] {
  if (arns.length === 0) return [];
  const compared = { ...conditions, ArnLike: { 'aws:PrincipalArn': arns } };
  return [new iam.PrincipalWithConditions(new iam.AccountPrincipal(account), compared)];
}

const isIdentityCenter = (arn: string): boolean => arn.includes(IDENTITY_CENTER);

function accountOf(arn: string): string {
  const account = arn.split(':')[4];
  if (!account) throw new Error(`principal ${arn} names no account, so no role can trust it`);
  return account;
}
