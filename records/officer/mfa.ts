import { GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { clientConfig, type Credentials, type Reach } from '../clients';
import { given } from '../../aws/errors';
import { told } from '../outside';

export interface Mfa {
  /** ARN of the device of an IAM user. */
  readonly serialNumber: string;
  /** Six digits, asked of the person. */
  readonly tokenCode: string;
}

/**
 * Credentials of the same user, signed in with MFA: a code is good for one use only, and a deployment has a role in each
 * region.
 */
export async function signedIn(reach: Reach, { serialNumber, tokenCode }: Mfa): Promise<Credentials> {
  const sts = new STSClient(clientConfig(reach));
  return told(reach.region, 'sts:GetSessionToken', async () => {
    const answer = await sts.send(new GetSessionTokenCommand({ SerialNumber: serialNumber, TokenCode: tokenCode }));
    const { AccessKeyId, SecretAccessKey, SessionToken } = given(answer.Credentials, 'credentials');
    return {
      accessKeyId: given(AccessKeyId, 'key id'),
      secretAccessKey: given(SecretAccessKey, 'key'),
      ...(SessionToken ? { sessionToken: SessionToken } : {}),
    };
  });
}
