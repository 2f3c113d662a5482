import { regionsOf } from '../catalog';
import { cfnExecutionRoleArn } from './names';
import type { CopiesPlan } from './types';

export interface CopiesInput {
  readonly region: string;
  readonly account: string;
  readonly partition: string;
  readonly jurisdiction: string;
  /** Regions of the deployment, in its order. */
  readonly deployed: readonly string[];
}

/** The second copy lies in another region of the same jurisdiction: one already deployed to, else the first that exists. */
export function copiesFor(input: CopiesInput): CopiesPlan {
  const inJurisdiction = regionsOf(input.jurisdiction);
  const others = [...input.deployed.filter((name) => inJurisdiction.includes(name)), ...inJurisdiction];
  const partner = others.find((name) => name !== input.region);
  const region = partner ?? input.region;
  return {
    region,
    kind: partner ? 'region' : 'bucket',
    cfnExecutionRoleArn: cfnExecutionRoleArn({ ...input, region }),
  };
}
