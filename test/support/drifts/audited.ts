import { auditLive } from '../../../compliance/audit/live/live';
import type { LiveRegion } from '../../../compliance/audit/live/reading';
import type { Finding } from '../../../compliance/audit/posture';
import { unitsOf } from '../../../compliance/controls/unit';
import { FRAMEWORKS } from '../../../regions/config/schema';
import { stackName } from '../../../regions/plan/stacks';
import type { DeployedKit } from '../deployed';

/** Day on which test audits are made. */
const AS_OF = '2026-11-26';

/** What a live audit says of a deployed kit, every framework asked: nothing is waived, so that nothing hides a change. */
export async function auditOf(
  kit: DeployedKit,
  regionOf: (name: string) => LiveRegion = (name) => kit.region(name),
): Promise<readonly Finding[]> {
  const { plan, evidence } = kit;
  const [unit] = unitsOf([plan]);
  if (!unit) throw new Error('a plan is in no unit');
  const stackNames = new Map(
    evidence.set.stacks.map(({ name }) => [name, stackName(plan.names.prefix, name.split('/').at(-1) ?? '')]),
  );
  const regions = new Map([plan.region, plan.copies.region].map((name) => [name, regionOf(name)]));
  const audited = { name: plan.deployment, unit: { ...unit, frameworks: FRAMEWORKS }, evidence };
  const { findings } = await auditLive({ audited, stackNames, regions }, { waivers: [], asOf: AS_OF }, () => {});
  return findings;
}
