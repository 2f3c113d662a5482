import { Construct } from 'constructs';
import { userData } from '../../../media/boot/user-data';
import type { InferencePlan } from '../../../regions/plan/cell-types';
import type { CellContext } from '../cell/cell-context';
import { Fleet } from '../cell/fleet';
import { GpuCapacity } from './gpu-capacity';
import { STOP_TIMEOUT_SECONDS } from './server-container';

export interface GpuFleetProps {
  readonly context: CellContext;
  readonly service: InferencePlan;
}

/** Room for two versions of a GPU image, unpacked, and for weights where an instance type has no local NVMe. */
const ROOT_GIB = 200;

/** GPU nodes of one inference service, in the cell's inference subnet. */
export class GpuFleet extends Construct {
  readonly fleet: Fleet;

  constructor(scope: Construct, id: string, { context, service }: GpuFleetProps) {
    super(scope, id);
    const { plan, cell, clusterName } = context;
    const capacity = new GpuCapacity(this, 'Capacity', { context, service });
    this.fleet = new Fleet(this, 'Fleet', {
      context,
      tier: service.tier,
      instanceType: service.instanceType,
      amiId: service.amiId,
      nodes: service.instances,
      subnetId: context.cellNetwork.inferenceSubnetId,
      securityGroupId: context.securityGroups.inference[service.tier],
      volumes: { rootGiB: ROOT_GIB, dataClass: 'weights' },
      placementGroup: capacity.placementGroup,
      capacityReservationId: capacity.reservationId,
      userData: userData({
        deployment: plan.deployment,
        region: plan.region,
        cell: cell.azId,
        clusterName,
        tier: service.tier,
        stopTimeoutSeconds: STOP_TIMEOUT_SECONDS,
        reservedPorts: [],
      }),
    });
  }
}
