import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { unknownOf } from '../../aws/errors';
import { clientConfig, type Reach } from '../clients';
import { Refused } from '../outside';

/** Whose credentials these are, as STS says. */
export interface Identity {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
}

/** Throws Refused with one line, which says what to do: nobody is refused this answer who has credentials. */
export async function identityOf(reach: Reach): Promise<Identity> {
  const sts = new STSClient(clientConfig(reach));
  try {
    const { Account = '', Arn = '', UserId = '' } = await sts.send(new GetCallerIdentityCommand({}));
    return { account: Account, arn: Arn, userId: UserId };
  } catch (error) {
    if (error instanceof Refused) throw error;
    const { why, remedy } = unknownOf(error, 'sts:GetCallerIdentity', reach.region);
    throw new Refused(`${reach.region}: ${why}; ${remedy}`, { cause: error });
  } finally {
    sts.destroy();
  }
}

/** Role and session of `arn:aws:sts::<account>:assumed-role/<role>/<session>`; undefined for anybody else. */
export function sessionOf(arn: string): { readonly role: string; readonly session: string } | undefined {
  const [, role, session] = /:assumed-role\/([^/]+)\/(.+)$/.exec(arn) ?? [];
  return role && session ? { role, session } : undefined;
}

const SESSION_NAME = /[^\w+=,.@-]/g;
const LONGEST_SESSION_NAME = 64;

/** Name of a session that says in the trail who took the role. */
export const sessionNameFor = (arn: string): string =>
  `records-${arn.split('/').at(-1) ?? ''}`.replace(SESSION_NAME, '-').slice(0, LONGEST_SESSION_NAME);
