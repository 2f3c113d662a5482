import type { RegionPlan } from '../../regions/plan/types';
import type { SecretFacts } from '../facts/facts';
import { cannotTell, ok, willFail, type Finding } from '../verdict';

/**
 * Whether edge tasks may decrypt what they may read: their role gets the key that the deployment's file names, and no other.
 * Nothing to say where the secret is under the key of AWS, or did not answer, which is a finding of its own.
 */
export function certificateKeyFindings({ sip, region }: RegionPlan, secrets: readonly SecretFacts[]): Finding[] {
  const { certificateSecretArn, certificateKeyArn: named } = sip;
  const secret = secrets.find(({ arn }) => arn === certificateSecretArn);
  if (!secret?.state.known) return [];
  const { key } = secret;
  const needed = `the key of the certificate's secret in ${region}, as the deployment's file names it`;
  if (key === undefined) return named === undefined ? [] : [ok('the secret is under the key of AWS', needed, NOT_USED)];
  if (named === undefined)
    return [willFail(`encrypted with ${key}, which edge tasks are not given`, needed, naming(key, region))];
  if (key === named || named.endsWith(`:key/${key}`)) return [];
  if (isAlias(key)) return [unresolved({ key, named, needed, where: `--secret-id ${secret.arn} --region ${region}` })];
  return [willFail(`encrypted with ${key}, while the file names ${named}`, needed, naming(key, region))];
}

const NOT_USED =
  'sip.certificateKeyArn gives edge tasks a key that they do not need: take it out, or use it for the secret';

const naming = (key: string, region: string): string =>
  `write as sip.certificateKeyArn what this prints: \`aws kms describe-key --key-id ${key} --region ${region} --query KeyMetadata.Arn --output text\``;

/** Secrets Manager repeats the name it was given, by which an alias may lead to another key every day. */
const isAlias = (key: string): boolean => /(?:^|:)alias\//.test(key);

interface Unresolved {
  readonly key: string;
  readonly named: string;
  readonly needed: string;
  readonly where: string;
}

const unresolved = ({ key, named, needed, where }: Unresolved): Finding =>
  cannotTell(
    {
      known: false,
      action: 'kms:DescribeKey',
      why: `encrypted with ${key}: to which key that leads is not asked`,
      remedy: `give the secret the key itself: \`aws secretsmanager update-secret ${where} --kms-key-id ${named}\``,
    },
    needed,
  );
