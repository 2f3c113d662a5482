import { CfnCapacityReservation, CfnPlacementGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { InferencePlan } from '../../../regions/plan/cell-types';
import type { CellContext } from '../cell/cell-context';

export interface GpuCapacityProps {
  readonly context: CellContext;
  readonly service: InferencePlan;
}

/** What the plan asks for beyond plain on-demand GPUs: nodes close together, the minimum of them reserved. */
export class GpuCapacity extends Construct {
  /** Name of the cluster placement group, when there is one. */
  readonly placementGroup?: string;
  readonly reservationId?: string;

  constructor(scope: Construct, id: string, { context, service }: GpuCapacityProps) {
    super(scope, id);
    if (service.placementGroup === 'cluster')
      this.placementGroup = new CfnPlacementGroup(this, 'PlacementGroup', { strategy: 'cluster' }).ref;
    if (service.capacityReservation === 'create') this.reservationId = this.reserve(context, service).attrId;
  }

  /** By AZ id, like the cell itself. In a placement group only a reservation made for that group counts. */
  private reserve({ cell, plan }: CellContext, service: InferencePlan): CfnCapacityReservation {
    const { partition, region, account } = plan;
    return new CfnCapacityReservation(this, 'Reservation', {
      availabilityZoneId: cell.azId,
      instanceType: service.instanceType,
      instancePlatform: 'Linux/UNIX',
      instanceCount: service.instances.min,
      instanceMatchCriteria: 'targeted',
      endDateType: 'unlimited',
      placementGroupArn:
        this.placementGroup && `arn:${partition}:ec2:${region}:${account}:placement-group/${this.placementGroup}`,
      tagSpecifications: [
        {
          resourceType: 'capacity-reservation',
          tags: [
            { key: 'voicecell:deployment', value: plan.deployment },
            { key: 'voicecell:cell', value: cell.azId },
            { key: 'voicecell:tier', value: service.tier },
          ],
        },
      ],
    });
  }
}
