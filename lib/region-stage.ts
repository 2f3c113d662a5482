import { Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { RegionPlan } from '../regions/plan/types';
import { CellStack } from './stacks/cell';
import { CopiesStack } from './stacks/copies';
import { GuardStack } from './stacks/guard';
import { NetworkStack } from './stacks/network';
import { RecordsStack } from './stacks/records';
import { WatchStack } from './stacks/watch';

export interface RegionStageProps {
  readonly plan: RegionPlan;
}

/** All stacks of one region, in the order in which they are deployed. */
export class RegionStage extends Stage {
  constructor(scope: Construct, id: string, { plan }: RegionStageProps) {
    super(scope, id, { env: { account: plan.account, region: plan.region } });

    const copies = new CopiesStack(this, 'copies', { plan });
    const records = new RecordsStack(this, 'records', { plan });
    // They meet by name, across regions; replication needs its destination to exist.
    records.addStackDependency(copies);

    const network = new NetworkStack(this, 'network', { plan, logKey: records.keys.log });
    const cells = plan.cells.map((cell) => new CellStack(this, `cell-${cell.azId}`, { plan, cell, network, records }));

    const watch = new WatchStack(this, 'watch', { plan, topicKey: records.keys.topic });
    // Alarms and dashboards name the cells' services; without them they would alarm on nothing.
    cells.forEach((cell) => watch.addStackDependency(cell));
    new GuardStack(this, 'guard', { plan, topic: watch.topic });
  }
}
