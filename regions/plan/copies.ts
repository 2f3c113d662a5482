import { cfnExecutionRoleArn } from './names';
import type { CopiesPlan } from './types';

export interface CopiesInput {
  readonly region: string;
  readonly account: string;
  readonly partition: string;
  /** Where data may lie. */
  readonly dataRegions: readonly string[];
  /** Regions of the deployment, in its order. */
  readonly deployed: readonly string[];
}

/**
 * The second copy lies in another region where data may lie: one already deployed to, else the first that exists. Rules
 * see events of their own region only, so copies that lie where the deployment does not run have alerts of their own.
 */
export function copiesFor(input: CopiesInput): CopiesPlan {
  const { dataRegions } = input;
  const others = [...input.deployed.filter((name) => dataRegions.includes(name)), ...dataRegions];
  const partner = others.find((name) => name !== input.region);
  const region = partner ?? input.region;
  return {
    region,
    kind: partner ? 'region' : 'bucket',
    alerts: input.deployed.includes(region) ? 'guard' : 'own',
    cfnExecutionRoleArn: cfnExecutionRoleArn({ ...input, region }),
  };
}
