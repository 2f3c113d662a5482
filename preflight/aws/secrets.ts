import { DescribeSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Answer } from '../facts/answer';
import { readCertificate, type CertificateFacts } from '../facts/certificate';
import type { SecretFacts } from '../facts/facts';
import { answering } from './errors';
import { clientConfig, type ReaderProps } from './reader';

type SecretState = SecretFacts['state'] extends Answer<infer State> ? State : never;

export class SecretsReader {
  private readonly props: ReaderProps;
  private readonly secrets: SecretsManagerClient;

  constructor(props: ReaderProps) {
    this.props = props;
    this.secrets = new SecretsManagerClient(clientConfig(props));
  }

  state(SecretId: string): Promise<Answer<SecretState>> {
    return this.props.ask('secretsmanager:DescribeSecret', (abortSignal) =>
      this.secrets
        .send(new DescribeSecretCommand({ SecretId }), { abortSignal })
        .then(({ DeletedDate }): SecretState => (DeletedDate ? 'deleted' : 'present'))
        .catch(answering<SecretState>('absent', 'ResourceNotFoundException')),
    );
  }

  /** What the certificate says of itself; the secret's value is let go here. */
  certificate(SecretId: string, hostname: string): Promise<Answer<CertificateFacts>> {
    return this.props.ask('secretsmanager:GetSecretValue', async (abortSignal) => {
      const { SecretString = '' } = await this.secrets.send(new GetSecretValueCommand({ SecretId }), { abortSignal });
      return readCertificate(SecretString, hostname);
    });
  }
}
