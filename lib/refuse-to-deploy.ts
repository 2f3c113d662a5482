import { Aws, CfnRule, Fn, type Stack } from 'aws-cdk-lib';
import type { RegionPlan } from '../regions/plan/types';

const RULE = 'Deployable';

/**
 * A rule, once a stack, that CloudFormation evaluates before it makes anything: `cdk deploy` of a refused plan stops here
 * too, however it was called. A plan without refusals adds nothing.
 */
export function refuseToDeploy(stack: Stack, { refusals }: Pick<RegionPlan, 'refusals'>): void {
  if (refusals.length === 0 || stack.node.tryFindChild(RULE)) return;
  new CfnRule(stack, RULE, {
    assertions: [
      {
        assert: Fn.conditionEquals(Aws.ACCOUNT_ID, 'none'),
        assertDescription: `not deployable: ${refusals.join('; ')}`,
      },
    ],
  });
}
