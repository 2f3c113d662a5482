import type { ClientOptions } from '../../aws/reader';
import type { RegionPlan } from '../../regions/plan/types';
import type { Credentials } from '../clients';
import { Refused } from '../outside';
import { assuming, type Taking } from './assume';
import { type Identity, identityOf, sessionNameFor, sessionOf } from './identity';

/** Somebody in the records officer's role of a region. */
export interface Officer {
  readonly identity: Identity;
  /** Name of the role session, as the trail shows it. */
  readonly session: string;
  /** ARN of whoever took the role; the officer's own where the credentials were the role's already. */
  readonly takenBy: string;
  /** Default: those of the environment. */
  readonly credentials?: Credentials;
}

export interface OfficerProps {
  readonly plan: RegionPlan;
  /** @default the role of the plan */
  readonly roleArn?: string;
  /** @default those of the environment */
  readonly credentials?: Credentials;
  readonly client: ClientOptions;
}

/**
 * Takes the records officer's role of a region, or finds that it is taken.
 * @throws {Refused} with one line that says how to get it
 */
export async function officerOf({
  plan,
  roleArn = roleArnOf(plan),
  credentials,
  client,
}: OfficerProps): Promise<Officer> {
  // The trust policy lets nobody in who asks STS elsewhere.
  const reach = { region: plan.region, client, ...(credentials ? { credentials } : {}) };
  const caller = await identityOf(reach);
  if (caller.account !== plan.account)
    throw new Refused(
      `${plan.region}: got credentials of account ${caller.account}, allowed ${plan.account} of the deployment, change AWS_PROFILE`,
    );
  const role = nameOf(roleArn);
  const taken = sessionOf(caller.arn);
  if (taken?.role === role)
    return { identity: caller, session: taken.session, takenBy: caller.arn, ...(credentials ? { credentials } : {}) };
  const taking = assuming(reach, { arn: roleArn, sessionName: sessionNameFor(caller.arn) });
  return take({ plan, caller, role }, taking, client);
}

interface Taken {
  readonly plan: RegionPlan;
  readonly caller: Identity;
  readonly role: string;
}

async function take({ plan, caller, role }: Taken, taking: Taking, client: ClientOptions): Promise<Officer> {
  await taking().catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
    throw new Refused(`${error.message}; ${howToGet(plan, caller, role)}`, { cause: error });
  });
  const identity = await identityOf({ region: plan.region, credentials: taking, client });
  const session = sessionOf(identity.arn);
  if (session?.role !== role) throw new Refused(`${plan.region}: ${howToGet(plan, identity, role)}`);
  return { identity, session: session.session, takenBy: caller.arn, credentials: taking };
}

const howToGet = ({ principals }: RegionPlan, { arn }: Identity, role: string): string =>
  `got ${arn}, allowed the role ${role}, change to who may take it (${principals.recordsOfficer.join(', ')}): ` +
  'set AWS_PROFILE, and as an IAM user give --serial-number of your MFA device';

const roleArnOf = ({ partition, account, names }: RegionPlan): string =>
  `arn:${partition}:iam::${account}:role/${names.roles.recordsOfficer}`;

/** A role's path is no part of its sessions' ARNs. */
const nameOf = (roleArn: string): string => roleArn.split('/').at(-1) ?? '';
