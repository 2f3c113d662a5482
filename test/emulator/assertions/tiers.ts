import type { CellPlan, InferencePlan, FleetPlan, Range } from '../../../regions/plan/cell-types';

/** What the five tiers of a cell have in common, as the plan states it. */
export interface PlannedTier {
  readonly tier: 'edge' | 'media' | InferencePlan['tier'];
  /** Of group, capacity provider, launch template and task family alike. */
  readonly name: string;
  readonly serviceName: string;
  readonly subnet: 'edge' | 'media' | 'inference';
  readonly instanceType: string;
  readonly amiId: string;
  /** Instances without those of a deployment. */
  readonly nodes: number;
  /** Instances that a deployment or a refresh may add. */
  readonly surge: number;
  readonly tasks: Range;
  readonly callsPerTask: number;
  readonly network: 'host' | 'awsvpc';
  readonly deployment: { readonly minimumHealthyPercent: number; readonly maximumPercent: number };
}

export const tiersOf = (cell: CellPlan): PlannedTier[] => [
  ...[cell.edge, cell.media].map((fleet) => callTier(cell, fleet)),
  ...cell.inference.map((service) => inferenceTier(cell, service)),
];

/** Successors come first: those who leave keep their calls. */
const callTier = (cell: CellPlan, fleet: FleetPlan): PlannedTier => ({
  ...fleet,
  name: `${cell.name}-${fleet.tier}`,
  subnet: fleet.tier,
  nodes: fleet.nodes.max,
  tasks: fleet.nodes,
  callsPerTask: fleet.callsPerNode,
  network: 'host',
  deployment: { minimumHealthyPercent: 100, maximumPercent: 200 },
});

/** GPU quota has no spare: one leaves before its successor comes. */
const inferenceTier = (cell: CellPlan, service: InferencePlan): PlannedTier => ({
  ...service,
  name: `${cell.name}-${service.tier}`,
  subnet: 'inference',
  nodes: service.instances.max,
  surge: 0,
  network: 'awsvpc',
  deployment: {
    minimumHealthyPercent: Math.floor((100 * (service.tasks.min - 1)) / service.tasks.min),
    maximumPercent: 100,
  },
});
