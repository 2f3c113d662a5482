import { CfnCluster, CfnClusterCapacityProviderAssociations } from 'aws-cdk-lib/aws-ecs';
import { CfnPrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import type { Construct } from 'constructs';
import type { InferenceTier as InferenceTierName } from '../../regions/config/schema';
import type { CellPlan, FleetPlan } from '../../regions/plan/cell-types';
import type { RegionPlan } from '../../regions/plan/types';
import type { CellContext, CellTier } from '../constructs/cell/cell-context';
import { cellLogGroup } from '../constructs/cell/cell-log-group';
import { EdgeTier } from '../constructs/cell/edge-tier';
import { MediaTier } from '../constructs/cell/media-tier';
import { SecurityGroups } from '../constructs/cell/security-groups';
import { InferenceTier } from '../constructs/inference/inference-tier';
import type { RegionNetwork } from '../constructs/network/region-network';
import type { RegionRecords } from '../constructs/records/region-records';
import { CallScaling } from '../constructs/scaling/call-scaling';
import { tag } from '../tags';
import { RegionStack } from './region-stack';

export interface CellStackProps {
  readonly plan: RegionPlan;
  readonly cell: CellPlan;
  readonly network: RegionNetwork;
  readonly records: RegionRecords;
}

/** One cell: everything a call passes through, in one Availability Zone. It holds no state and can be replaced. */
export class CellStack extends RegionStack {
  private readonly cell: CellPlan;

  constructor(scope: Construct, id: string, props: CellStackProps) {
    const { plan, cell } = props;
    super(scope, id, { plan, description: `Cell ${cell.azId}: edge, media and inference in one Availability Zone` });
    this.cell = cell;
    tag(this, { cell: cell.azId });

    const context = this.createContext(props);
    const edge = new EdgeTier(this, 'Edge', { context });
    const media = new MediaTier(this, 'Media', { context });
    const inference = cell.inference.map(
      (service) => new InferenceTier(this, INFERENCE_IDS[service.tier], { context, service }),
    );
    this.offerCapacity(context, [edge, media, ...inference]);
    this.scale(context, cell.edge, edge);
    this.scale(context, cell.media, media);
  }

  private createContext(props: CellStackProps): CellContext {
    const { plan, cell, network } = props;
    const cellNetwork = network.cells[cell.azId];
    if (!cellNetwork)
      throw new Error(`the network has no cell ${cell.azId}, only ${Object.keys(network.cells).join(', ')}`);
    return {
      ...props,
      cellNetwork,
      cluster: this.createCluster(props),
      clusterName: cell.name,
      namespaceId: this.createNamespace(network.vpcId),
      securityGroups: new SecurityGroups(this, 'SecurityGroups', { plan, cell, network }),
    };
  }

  private createCluster(props: CellStackProps): CfnCluster {
    const { name } = this.cell;
    // Container Insights would make this group itself, without a key and without an end.
    const insights = cellLogGroup(this, 'ContainerInsights', {
      ...props,
      name: `/aws/ecs/containerinsights/${name}/performance`,
    });
    const cluster = new CfnCluster(this, 'Cluster', {
      clusterName: name,
      clusterSettings: [{ name: 'containerInsights', value: 'enhanced' }],
    });
    cluster.node.addDependency(insights);
    return cluster;
  }

  /** A name in it resolves, inside the VPC, to this cell's tasks and to nothing else. */
  private createNamespace(vpc: string): string {
    const { namespace, name } = this.cell;
    return new CfnPrivateDnsNamespace(this, 'Namespace', { name: namespace, vpc, description: `Services of ${name}` })
      .attrId;
  }

  /** A cluster has one list of capacity providers; a service can use one only when it is on the list. */
  private offerCapacity({ cluster }: CellContext, tiers: readonly CellTier[]): void {
    const association = new CfnClusterCapacityProviderAssociations(this, 'Capacity', {
      cluster: cluster.ref,
      capacityProviders: tiers.map(({ fleet }) => fleet.capacityProvider.ref),
      defaultCapacityProviderStrategy: [],
    });
    tiers.forEach(({ service }) => service.addResourceDependency(association));
  }

  private scale(
    context: CellContext,
    { serviceName, callsPerNode, nodes }: FleetPlan,
    tier: CellTier & Construct,
  ): void {
    const { service } = tier;
    new CallScaling(tier, 'Scaling', { context, service, serviceName, callsPerTask: callsPerNode, tasks: nodes });
  }
}

const INFERENCE_IDS: Record<InferenceTierName, string> = { stt: 'Stt', llm: 'Llm', tts: 'Tts' };
