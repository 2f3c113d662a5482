import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
  type DescribeSecretResponse,
} from '@aws-sdk/client-secrets-manager';
import { mapAnswer, type Answer } from '../../aws/answer';
import { readCertificate, type CertificateFacts } from '../facts/certificate';
import type { SecretFacts, SecretState } from '../facts/facts';
import { answering } from '../../aws/errors';
import { clientConfig, type ReaderProps } from '../../aws/reader';

/** Whose policy lets everybody decrypt who may read the secret; left out of most answers that it encrypts. */
const AWS_KEY = 'alias/aws/secretsmanager';

export class SecretsReader {
  private readonly props: ReaderProps;
  private readonly secrets: SecretsManagerClient;

  constructor(props: ReaderProps) {
    this.props = props;
    this.secrets = new SecretsManagerClient(clientConfig(props));
  }

  async describe(arn: string): Promise<SecretFacts> {
    const answer = await this.props.ask('secretsmanager:DescribeSecret', (abortSignal) =>
      this.secrets
        .send(new DescribeSecretCommand({ SecretId: arn }), { abortSignal })
        .then((secret): Described => ({ state: stateOf(secret, arn), ...keyOf(secret) }))
        .catch(answering<Described>({ state: 'absent' }, 'ResourceNotFoundException')),
    );
    const key = answer.known ? answer.value.key : undefined;
    return { arn, state: mapAnswer(answer, ({ state }) => state), ...(key === undefined ? {} : { key }) };
  }

  /** What the certificate says of itself; the secret's value is let go here. */
  certificate(SecretId: string, hostname: string): Promise<Answer<CertificateFacts>> {
    return this.props.ask('secretsmanager:GetSecretValue', async (abortSignal) => {
      const { SecretString = '' } = await this.secrets.send(new GetSecretValueCommand({ SecretId }), { abortSignal });
      return readCertificate(SecretString, hostname);
    });
  }
}

type Described = Pick<SecretFacts, 'key'> & { readonly state: SecretState };

function stateOf(secret: DescribeSecretResponse, asked: string): SecretState {
  if (secret.DeletedDate) return 'deleted';
  if (secret.ARN !== undefined && secret.ARN !== asked) return 'part of an ARN';
  return keyOf(secret).key === undefined ? 'present' : 'own key';
}

const keyOf = ({ KmsKeyId = AWS_KEY }: DescribeSecretResponse): Pick<SecretFacts, 'key'> =>
  KmsKeyId.endsWith(AWS_KEY) ? {} : { key: KmsKeyId };
