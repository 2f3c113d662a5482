import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
  type DescribeSecretResponse,
} from '@aws-sdk/client-secrets-manager';
import type { Answer } from '../facts/answer';
import { readCertificate, type CertificateFacts } from '../facts/certificate';
import type { SecretState } from '../facts/facts';
import { answering } from './errors';
import { clientConfig, type ReaderProps } from './reader';

/** Whose policy lets everybody decrypt who may read the secret; left out of most answers that it encrypts. */
const AWS_KEY = 'alias/aws/secretsmanager';

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
        .then((secret) => stateOf(secret, SecretId))
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

function stateOf({ ARN, DeletedDate, KmsKeyId = AWS_KEY }: DescribeSecretResponse, asked: string): SecretState {
  if (DeletedDate) return 'deleted';
  if (ARN !== undefined && ARN !== asked) return 'part of an ARN';
  return KmsKeyId.endsWith(AWS_KEY) ? 'present' : 'own key';
}
