import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Answer } from '../../../aws/answer';
import { Asking } from '../../../aws/ask';
import { clientConfig, type ClientOptions } from '../../../aws/reader';
import type { RegionPlan } from '../../../regions/plan/types';
import type { AuditOptions } from './options';

/** With whose credentials AWS is asked, or why it cannot be. */
export type Signed = { readonly client: ClientOptions } | { readonly problems: readonly string[] };

/**
 * Signs in as the options say: the environment's credentials, those of a profile, or those of a role taken with them.
 * @param base what every client takes
 */
export async function signIn(
  options: AuditOptions,
  [plan, ...rest]: readonly RegionPlan[],
  base: ClientOptions,
): Promise<Signed> {
  if (!plan) return { problems: ['nothing to ask an account for'] };
  const others = rest.filter(({ account }) => account !== plan.account).map(({ account }) => account);
  if (others.length > 0) return { problems: [oneAccount([plan.account, ...others])] };
  const client: ClientOptions = { ...base, ...(options.profile === undefined ? {} : { profile: options.profile }) };
  const taken = options.roleArn === undefined ? client : await take(options.roleArn, plan, client);
  if ('problems' in taken) return taken;
  const caller = await accountOf(plan, taken);
  if (!caller.known) return { problems: [`cannot ask AWS: ${caller.why}; ${caller.remedy}`] };
  return caller.value === plan.account
    ? { client: taken }
    : {
        problems: [
          `got credentials of account ${caller.value}, allowed those of ${plan.account}, where ${plan.deployment} is deployed; sign in there`,
        ],
      };
}

const oneAccount = (accounts: readonly string[]): string =>
  `got deployments in accounts ${[...new Set(accounts)].join(', ')}, allowed one account at once, change the command: name the deployments of one`;

async function take(
  roleArn: string,
  plan: RegionPlan,
  client: ClientOptions,
): Promise<ClientOptions | { readonly problems: readonly string[] }> {
  const answer = await ask(plan, client, 'sts:AssumeRole', (sts, abortSignal) =>
    sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'voicecell-audit' }), { abortSignal }),
  );
  if (!answer.known) return { problems: [`--role-arn ${roleArn}: ${answer.why}; ${answer.remedy}`] };
  const { AccessKeyId, SecretAccessKey, SessionToken } = answer.value.Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey)
    return { problems: [`--role-arn ${roleArn}: sts:AssumeRole gave no credentials`] };
  const { profile: _, ...rest } = client;
  const session = SessionToken === undefined ? {} : { sessionToken: SessionToken };
  return { ...rest, credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, ...session } };
}

const accountOf = (plan: RegionPlan, client: ClientOptions): Promise<Answer<string>> =>
  ask(plan, client, 'sts:GetCallerIdentity', async (sts, abortSignal) => {
    const { Account = '' } = await sts.send(new GetCallerIdentityCommand({}), { abortSignal });
    return Account;
  });

async function ask<T>(
  { region }: RegionPlan,
  client: ClientOptions,
  action: string,
  read: (sts: STSClient, abortSignal: AbortSignal) => Promise<T>,
): Promise<Answer<T>> {
  const asking = new Asking().in(region);
  const sts = new STSClient(clientConfig({ region, ask: asking, client }));
  return asking(action, (abortSignal) => read(sts, abortSignal));
}
