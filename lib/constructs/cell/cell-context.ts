import type { CfnCluster, CfnService } from 'aws-cdk-lib/aws-ecs';
import type { InferenceTier } from '../../../regions/config/schema';
import type { CellPlan } from '../../../regions/plan/cell-types';
import type { RegionPlan } from '../../../regions/plan/types';
import type { CellNetwork, RegionNetwork } from '../network/region-network';
import type { RegionRecords } from '../records/region-records';
import type { Fleet } from './fleet';

/** What every tier of one cell is built from. */
export interface CellContext {
  readonly plan: RegionPlan;
  readonly cell: CellPlan;
  readonly network: RegionNetwork;
  /** The cell's own subnets and address pool. */
  readonly cellNetwork: CellNetwork;
  readonly records: RegionRecords;
  readonly cluster: CfnCluster;
  /** `cell.name`: a plain string, so that user data and ARNs carry no token. */
  readonly clusterName: string;
  /** Cloud Map private DNS namespace of the cell, named `cell.namespace`. */
  readonly namespaceId: string;
  readonly securityGroups: CellSecurityGroups;
}

/** Ids of the groups that nodes (and `awsvpc` tasks) of a tier wear. */
export interface CellSecurityGroups {
  readonly edge: string;
  readonly media: string;
  readonly inference: Readonly<Record<InferenceTier, string>>;
}

/** A tier built into the cell: nodes, and the service that runs on them. */
export interface CellTier {
  readonly fleet: Fleet;
  readonly service: CfnService;
}
