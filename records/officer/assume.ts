import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { given } from '../../aws/errors';
import { clientConfig, type Reach } from '../clients';
import { told } from '../outside';

/** Renewed so long before their end that no request goes out with dead ones; milliseconds. */
const EARLY_MS = 5 * 60_000;

export interface Role {
  readonly arn: string;
  readonly sessionName: string;
}

/** Takes a role. */
export type Taking = () => ReturnType<typeof assume>;

/** Credentials of a role, taken anew when they end: an export may last longer than the role's hour. */
export function assuming(reach: Reach, role: Role): Taking {
  const sts = new STSClient(clientConfig(reach));
  let current: ReturnType<typeof assume> | undefined;
  let until = 0;
  return async () => {
    if (!current || Date.now() > until - EARLY_MS) {
      until = Number.POSITIVE_INFINITY;
      current = assume(sts, reach.region, role);
      until = (await current).expiration.getTime();
    }
    return current;
  };
}

const assume = (sts: STSClient, region: string, role: Role) =>
  told(region, `sts:AssumeRole of ${role.arn}`, async () => {
    const answer = await sts.send(new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: role.sessionName }));
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given(answer.Credentials, 'credentials');
    return {
      accessKeyId: given(AccessKeyId, 'key id'),
      secretAccessKey: given(SecretAccessKey, 'key'),
      sessionToken: given(SessionToken, 'session token'),
      expiration: given(Expiration, 'expiration'),
    };
  });
