import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { replace } from '../keeper';
import { identityOf } from './pem';

export interface CertificateOptions {
  readonly secrets: SecretsManagerClient;
  readonly secretArn: string;
  readonly directory: string;
  readonly reload: () => Promise<boolean>;
  readonly now: () => number;
}

/** Brings the certificate from Secrets Manager to where Kamailio reads it, and again whenever it is rotated. */
export class Certificate {
  daysLeft: number | undefined;
  private readonly options: CertificateOptions;
  private taken: string | undefined;

  constructor(options: CertificateOptions) {
    this.options = options;
  }

  /** What is there stays where the new one cannot be had or is no pair. */
  async renew(): Promise<void> {
    const { secrets, secretArn, directory, reload, now } = this.options;
    const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: secretArn }));
    const { chain, key, daysLeft } = identityOf(SecretString, now());
    this.daysLeft = daysLeft;
    if (chain === this.taken) return;
    mkdirSync(directory, { recursive: true, mode: 0o750 });
    replace(path.join(directory, 'key.pem'), key, 0o600);
    replace(path.join(directory, 'certificate.pem'), chain);
    if (await reload()) this.taken = chain;
  }
}
