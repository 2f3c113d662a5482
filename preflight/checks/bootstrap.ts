import type { RegionPlan } from '../../regions/plan/types';
import { judge, ok, willFail, type Check, type Finding } from '../verdict';

/** What the rule `CheckBootstrapVersion` of every template asks for (CDK's DefaultStackSynthesizer). */
export const BOOTSTRAP_VERSION = 6;

/** Roles, asset bucket and image repository by which the CDK deploys. */
export const bootstrapCheck: Check = {
  name: 'CDK bootstrap',
  assess: (plan, { region: { bootstraps } }) =>
    bootstraps.map(({ region, version }) => {
      const needed = `version ${BOOTSTRAP_VERSION} or newer in ${region}`;
      return judge(version, needed, (found) => findingOf(plan, region, found, needed));
    }),
};

function findingOf({ account }: RegionPlan, region: string, version: number | undefined, needed: string): Finding {
  const remedy = `\`npx cdk bootstrap aws://${account}/${region}\``;
  if (version === undefined) return willFail(`no bootstrap in ${region}`, needed, remedy);
  return version >= BOOTSTRAP_VERSION
    ? ok(`version ${version} in ${region}`, needed)
    : willFail(`version ${version} in ${region}`, needed, remedy);
}
