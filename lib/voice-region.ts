import { Stage } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { RegionPlan } from '../regions/plan/types';
import { CellStack } from './stacks/cell';
import { CopiesStack } from './stacks/copies';
import { GuardStack } from './stacks/guard';
import { NetworkStack } from './stacks/network';
import { RecordsStack } from './stacks/records';
import { WatchStack } from './stacks/watch';

/** What a `VoiceRegion` is built from. */
export interface VoiceRegionProps {
  /** From `planDeployment`; its account and region become the environment of every stack. */
  readonly plan: RegionPlan;
}

/**
 * All stacks of one region, in the order in which they are deployed: `copies`, `records`, `network`, one `cell-<az-id>` for
 * each cell, `watch`, `guard`. Stacks are named `<deployment>-<region>-<id>` whatever the stage is called, so an account
 * and region hold a deployment once. A plan with `refusals` synthesises, and CloudFormation refuses its stacks.
 */
export class VoiceRegion extends Stage {
  /** Keys, weights bucket, image repositories and the role that writes to the vault. */
  readonly records: RecordsStack;
  /** VPC, subnets by AZ id, endpoints, prefix lists and the SIP directory. */
  readonly network: NetworkStack;
  /** In the order of `plan.cells`. */
  readonly cells: readonly CellStack[];
  /** Alarms and compliance alerts of the region; encrypted, so what publishes to it needs its key. */
  readonly topic: ITopic;

  constructor(scope: Construct, id: string, { plan }: VoiceRegionProps) {
    super(scope, id, { env: { account: plan.account, region: plan.region } });

    const copies = new CopiesStack(this, 'copies', { plan });
    this.records = new RecordsStack(this, 'records', { plan });
    // They meet by name, across regions; replication needs its destination to exist.
    this.records.addStackDependency(copies);

    const { records } = this;
    const network = new NetworkStack(this, 'network', { plan, logKey: records.keys.log });
    this.network = network;
    this.cells = plan.cells.map((cell) => new CellStack(this, `cell-${cell.azId}`, { plan, cell, network, records }));

    const watch = new WatchStack(this, 'watch', { plan, topicKey: records.keys.topic });
    // Alarms and dashboards name the cells' services; without them they would alarm on nothing.
    this.cells.forEach((cell) => watch.addStackDependency(cell));
    this.topic = watch.topic;
    new GuardStack(this, 'guard', { plan, topic: watch.topic });
  }
}
