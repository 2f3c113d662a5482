import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Shorter keys could be tried out: there are only so many numbers. */
const LEAST_BYTES = 32;

/** The key that callers' numbers are hashed with, asked for once. */
export class NumberKey {
  private readonly secrets: SecretsManagerClient;
  private readonly secret: string;
  private key?: Uint8Array;

  constructor(secrets: SecretsManagerClient, secret: string) {
    this.secrets = secrets;
    this.secret = secret;
  }

  /** @throws whatever Secrets Manager refuses with, or Error where the key is too short; nothing is kept of a failure */
  async get(): Promise<Uint8Array> {
    this.key ??= await this.read();
    return this.key;
  }

  private async read(): Promise<Uint8Array> {
    const { SecretString, SecretBinary } = await this.secrets.send(
      new GetSecretValueCommand({ SecretId: this.secret }),
    );
    const key = SecretBinary ?? Buffer.from(SecretString ?? '');
    if (key.length < LEAST_BYTES) throw new Error(`the number key has ${key.length} bytes, not ${LEAST_BYTES} or more`);
    return key;
  }
}
