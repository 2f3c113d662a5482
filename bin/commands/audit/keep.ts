import { Asking } from '../../../aws/ask';
import type { ClientOptions } from '../../../aws/reader';
import type { Posture } from '../../../compliance/audit/posture';
import { store } from '../../../compliance/audit/store';
import type { RegionPlan } from '../../../regions/plan/types';
import { signIn } from './account';
import type { AuditOptions } from './options';

/** Where a report was put, in a line, or why it was not. */
export type Kept = { readonly line: string } | { readonly problems: readonly string[] };

/** Puts a report into the posture vault of the home region. */
export async function keep(
  posture: Posture,
  plans: readonly RegionPlan[],
  options: AuditOptions,
  base: ClientOptions,
): Promise<Kept> {
  const home = plans.find((plan) => plan.home) ?? plans[0];
  const signed = await signIn(options, plans, base);
  if ('problems' in signed) return signed;
  if (!home) return { problems: ['--store: no region of the deployment was audited'] };
  const props = { region: home.region, ask: new Asking().in(home.region), client: signed.client };
  const stored = await store(posture, home.names.buckets.posture, props);
  if (!stored.known) return { problems: [`--store: ${stored.why}; ${stored.remedy}`] };
  const { bucket, key, versionId } = stored.value;
  return { line: `stored: s3://${bucket}/${key}${versionId === undefined ? '' : ` version ${versionId}`}` };
}
