import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { stackName } from '../../regions/plan/stacks';
import type { RegionPlan } from '../../regions/plan/types';
import { refuseToDeploy } from '../refuse-to-deploy';
import { tag } from '../tags';

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
      stackName: stackName(plan.names.prefix, id),
      description: props.description,
      env: { account: plan.account, region },
      terminationProtection: props.terminationProtection ?? false,
    });
    tag(this, { deployment: plan.deployment });
    refuseToDeploy(this, plan);
  }

  /** Subnets are pinned by AZ id, so names are never used; without this the CLI would look them up. */
  override get availabilityZones(): string[] {
    return [];
  }
}
