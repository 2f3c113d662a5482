import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientConfig, type Reach } from './clients';
import { LEAST_KEY_BYTES } from './number-hash';
import { Refused, told } from './outside';

/**
 * The key that callers' numbers are hashed with: the secret's bytes, a string as UTF-8.
 * @param secret its name in the region, or its ARN
 */
export async function numberKey(reach: Reach, secret: string): Promise<Uint8Array> {
  const region = secret.startsWith('arn:') ? (secret.split(':')[3] ?? reach.region) : reach.region;
  const client = new SecretsManagerClient(clientConfig({ ...reach, region }));
  const { SecretString, SecretBinary } = await told(region, `secretsmanager:GetSecretValue of ${secret}`, () =>
    client.send(new GetSecretValueCommand({ SecretId: secret })),
  );
  client.destroy();
  const key = SecretBinary ?? Buffer.from(SecretString ?? '');
  if (key.length >= LEAST_KEY_BYTES) return key;
  throw new Refused(
    `${region}: got a number key of ${key.length} bytes in ${secret}, allowed ${LEAST_KEY_BYTES} or more, change the secret`,
  );
}
