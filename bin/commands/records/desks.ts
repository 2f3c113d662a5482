import { Desk } from '../../../records/desk';
import { type Found, findCalls } from '../../../records/find';
import { numberHash } from '../../../records/number-hash';
import { officerOf } from '../../../records/officer/officer';
import { signedIn } from '../../../records/officer/mfa';
import { Refused } from '../../../records/outside';
import type { RegionPlan } from '../../../regions/plan/types';
import type { RecordsDoor } from './door';
import type { Request } from './request';
import type { Asked } from './selection';

export interface As {
  readonly roleArn?: string;
  readonly serialNumber?: string;
}

export const asOf = (values: Request['values']): As => {
  const { 'role-arn': roleArn, 'serial-number': serialNumber } = values;
  return { ...(roleArn ? { roleArn } : {}), ...(serialNumber ? { serialNumber } : {}) };
};

export type Desks =
  { readonly ok: true; readonly desks: readonly Desk[] } | { readonly ok: false; readonly problems: readonly string[] };

/** Takes the officer's role in every region, or says of each why it cannot be had. */
export async function desksOf(plans: readonly RegionPlan[], as: As, door: RecordsDoor): Promise<Desks> {
  const { roleArn } = as;
  const credentials = await credentialsFor(plans, as, door);
  if (!credentials.ok) return credentials;
  const taken = await Promise.all(
    plans.map((plan) =>
      told(async () => {
        const officer = await officerOf({
          plan,
          client: door.client,
          ...credentials.own,
          ...(roleArn ? { roleArn } : {}),
        });
        return new Desk(plan, officer, door.client);
      }),
    ),
  );
  const problems = taken.flatMap((one) => (one instanceof Desk ? [] : [one.problem]));
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, desks: taken.filter((one) => one instanceof Desk) };
}

/** A user's credentials with MFA, where a device was named; else those of the environment. */
async function credentialsFor([plan]: readonly RegionPlan[], { serialNumber }: As, { client, ask }: RecordsDoor) {
  if (!plan || !serialNumber) return { ok: true, own: {} } as const;
  if (!ask)
    return { ok: false, problems: ['--serial-number: got no terminal to ask for the code, use AWS_PROFILE'] } as const;
  const tokenCode = await ask(`MFA code of ${serialNumber}: `);
  const signed = await told(() => signedIn({ region: plan.region, client }, { serialNumber, tokenCode }));
  return 'problem' in signed
    ? ({ ok: false, problems: [signed.problem] } as const)
    : ({ ok: true, own: { credentials: signed } } as const);
}

/** What was found at a desk. */
export interface AtDesk {
  readonly desk: Desk;
  readonly found: Found;
  /** What a caller's number is in this region's ledger. */
  readonly numberHash?: string;
}

/** All regions side by side; of each what was found, or why it cannot be told. */
export const findAt = (
  desks: readonly Desk[],
  { number, ...asked }: Asked,
  numberKeySecret: string | undefined,
): Promise<(AtDesk | { readonly problem: string })[]> =>
  Promise.all(
    desks.map((desk) =>
      told(async () => {
        const hash = number ? { numberHash: numberHash(await desk.numberKey(numberKeySecret), number) } : {};
        return { desk, found: await findCalls(desk.ledger, { ...asked, ...hash }), ...hash };
      }),
    ),
  );

/** What was done, or the one line that says why it could not be. */
export async function told<T>(work: () => Promise<T>): Promise<T | { readonly problem: string }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) return { problem: error.message };
    throw error;
  }
}

/** Ids that no region has, a line each; a call is in one region only. */
export const missingEverywhere = (found: readonly Found[]): string[] => {
  const [first] = found;
  return (first?.missing ?? [])
    .filter((id) => found.every(({ missing }) => missing.includes(id)))
    .map((id) => `call ${id} is in no ledger of these regions; see --call-id and --region`);
};
