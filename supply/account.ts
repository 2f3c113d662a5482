import type { ClientOptions } from './client-options';
import { told } from './outside';

/** Says whose credentials these are, asked in a region, because partitions do not know each other. */
export type AccountOf = (region: string) => Promise<string>;

/** Account id of the caller by `sts:GetCallerIdentity`, which needs no permission. Throws Unreadable with one line. */
export const accountOn =
  (client: ClientOptions = {}): AccountOf =>
  async (region) => {
    const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
    const sts = new STSClient({ region, ...client });
    const { Account } = await told(region, () => sts.send(new GetCallerIdentityCommand({})));
    sts.destroy();
    return Account ?? 'unknown';
  };
