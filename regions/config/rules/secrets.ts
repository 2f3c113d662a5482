import type { Finding, Path } from '../finding';
import type { RegionConfig } from '../schema';
import { inEachRegion, partitionOrAws, when } from './rule';

/** What a name of a secret may hold (Secrets Manager API, CreateSecret). A star would open every secret to the task. */
const SECRET_NAME = /^[\w/+=.@-]+$/;

/**
 * Secrets Manager finds a secret by half its ARN, and IAM does not: a role that names half an ARN reads nothing. A name that
 * ends like a suffix passes here; the preflight, which asks for the secret, tells it. Source: Secrets Manager API, CreateSecret.
 */
const SUFFIX = /-[A-Za-z0-9]{6}$/;

/** Of a key of one region or of several; an alias in a policy allows nothing (KMS guide, "Key identifiers"). */
const KEY_ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/;

/** A secret is read where it lies, another region or account would leave the cell on every start, and by its whole ARN. */
export const secretsLieInTheRegion = inEachRegion((region, name, { account }) => {
  const prefix = `arn:${partitionOrAws(name)}:secretsmanager:${name}:${account}:secret:`;
  return secretsOf(region).flatMap(({ path, arn }) => {
    const fault = faultOf(arn, prefix);
    return fault ? [{ path, got: quoted(arn), ...fault }] : [];
  });
});

/** Like the secret it encrypts; the one key that a role of the cell may use and that is not the kit's own. */
export const certificateKeysLieInTheRegion = inEachRegion(({ sip }, name, { account }) => {
  const { certificateKeyArn: arn = '' } = sip;
  const prefix = `arn:${partitionOrAws(name)}:kms:${name}:${account}:key/`;
  return when(arn !== '' && !(arn.startsWith(prefix) && KEY_ID.test(arn.slice(prefix.length))), {
    path: ['sip', 'certificateKeyArn'],
    got: quoted(arn),
    allowed: `a key of this region and account, by its id and not by an alias: ${prefix}…`,
    change: 'it to the key that encrypts the secret there',
  });
});

function secretsOf({ sip, media }: RegionConfig): readonly { readonly path: Path; readonly arn: string }[] {
  const containers = (media.containers ?? []).flatMap(({ secrets = {} }, index) =>
    Object.entries(secrets).map(([key, arn]) => ({ path: ['media', 'containers', index, 'secrets', key], arn })),
  );
  return [{ path: ['sip', 'certificateSecretArn'], arn: sip.certificateSecretArn }, ...containers];
}

function faultOf(arn: string, prefix: string): Pick<Finding, 'allowed' | 'change'> | undefined {
  const name = arn.startsWith(prefix) ? arn.slice(prefix.length) : '';
  if (!SECRET_NAME.test(name))
    return {
      allowed: `a secret of this region and account: ${prefix}…`,
      change: 'it to a secret (or a replica) there',
    };
  if (SUFFIX.test(name)) return undefined;
  return {
    allowed: `a whole ARN, with the dash and six characters that Secrets Manager adds to a name: ${prefix}…-AbCdEf`,
    change: 'it to the ARN that `aws secretsmanager describe-secret` prints: IAM matches no part of one',
  };
}

const quoted = (arn: string): string => `"${arn.slice(0, 120)}"`;
