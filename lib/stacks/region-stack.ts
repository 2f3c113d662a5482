import { Aws, CfnRule, Fn, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { RegionPlan } from '../../regions/plan/types';

export interface RegionStackProps {
  readonly plan: RegionPlan;
  readonly description: string;
  /**
   * Region of the stack, when it is not the plan's (the copies of the vault).
   * @default the plan's region
   */
  readonly region?: string;
  /**
   * Stateful stacks are protected from deletion.
   * @default false
   */
  readonly terminationProtection?: boolean;
}

/** A stack with a concrete account and region whose every taggable resource names its deployment. */
export abstract class RegionStack extends Stack {
  constructor(scope: Construct, id: string, props: RegionStackProps) {
    const { plan, region = props.plan.region } = props;
    super(scope, id, {
      stackName: `${plan.names.prefix}-${id}`,
      description: props.description,
      env: { account: plan.account, region },
      terminationProtection: props.terminationProtection ?? false,
    });
    Tags.of(this).add('voicecell:deployment', plan.deployment);
    if (plan.refusals.length > 0) refuseToDeploy(this, plan.refusals);
  }

  /** Subnets are pinned by AZ id, so names are never used; without this the CLI would look them up. */
  override get availabilityZones(): string[] {
    return [];
  }
}

/**
 * A rule that CloudFormation evaluates before it makes anything: `cdk deploy` of a refused plan stops here too, however it
 * was called.
 */
function refuseToDeploy(stack: Stack, refusals: readonly string[]): void {
  new CfnRule(stack, 'Deployable', {
    assertions: [
      {
        assert: Fn.conditionEquals(Aws.ACCOUNT_ID, 'none'),
        assertDescription: `not deployable: ${refusals.join('; ')}`,
      },
    ],
  });
}
