import { Stack, Token } from 'aws-cdk-lib';
import { CfnCluster, CfnClusterCapacityProviderAssociations } from 'aws-cdk-lib/aws-ecs';
import { CfnPrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';
import type { InferenceTier as InferenceTierName } from '../../../regions/config/schema';
import type { CellPlan, FleetPlan } from '../../../regions/plan/cell-types';
import type { RegionPlan } from '../../../regions/plan/types';
import { refuseToDeploy } from '../../refuse-to-deploy';
import { tag } from '../../tags';
import { InferenceTier } from '../inference/inference-tier';
import type { CellNetwork, RegionNetwork } from '../network/region-network';
import type { RegionRecords } from '../records/region-records';
import { CallScaling } from '../scaling/call-scaling';
import type { CellContext, CellTier } from './cell-context';
import { cellLogGroup } from './cell-log-group';
import { EdgeTier } from './edge-tier';
import { MediaTier } from './media-tier';
import { SecurityGroups } from './security-groups';

/** What a `ColocatedCell` is built from and stands on. */
export interface ColocatedCellProps {
  /** Of the region the cell stands in; the stack around it must name the same account and region. */
  readonly plan: RegionPlan;
  /** One of `plan.cells`: sizes, names, images, ports. */
  readonly cell: CellPlan;
  /** Of the same region, with an entry for `cell.azId`: a `NetworkStack`, or ids of your own. */
  readonly network: RegionNetwork;
  /** Of the same region: a `RecordsStack`, or keys, bucket, role and repositories of your own. */
  readonly records: RegionRecords;
}

/**
 * One cell, in any stack: everything a call passes through, in one Availability Zone. ECS cluster, edge, media and GPU
 * fleets with their capacity providers, services, security groups, private DNS namespace, scaling and drain, all tagged
 * with their deployment, cell and tier. It holds no state and can be replaced.
 *
 * Physical names come from the plan, so an account and region hold a cell once. With the id `Default` it adds nothing to
 * logical ids and to the paths that waivers name.
 *
 * @throws Error when the stack is not in the plan's account and region, or the network has no such cell
 */
export class ColocatedCell extends Construct {
  private readonly cell: CellPlan;

  constructor(scope: Construct, id: string, props: ColocatedCellProps) {
    super(scope, id);
    const { plan, cell } = props;
    requireHome(Stack.of(this), plan);
    this.cell = cell;
    tag(this, { deployment: plan.deployment, cell: cell.azId });
    refuseToDeploy(Stack.of(this), plan);

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

  private createContext(props: ColocatedCellProps): CellContext {
    const { plan, cell, network } = props;
    return {
      ...props,
      cellNetwork: networkOf(cell, network),
      cluster: this.createCluster(props),
      clusterName: cell.name,
      namespaceId: this.createNamespace(network.vpcId),
      securityGroups: new SecurityGroups(this, 'SecurityGroups', { plan, cell, network }),
    };
  }

  private createCluster(props: ColocatedCellProps): CfnCluster {
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

function networkOf({ azId }: CellPlan, { cells }: RegionNetwork): CellNetwork {
  const found = cells[azId];
  if (!found) throw new Error(`the network has no cell ${azId}, only ${Object.keys(cells).join(', ')}`);
  return found;
}

/** Names and ARNs carry the plan's account and region: anywhere else they would point at nothing. */
function requireHome(stack: Stack, { account, region }: RegionPlan): void {
  if (stack.account === account && stack.region === region) return;
  const got = [stack.account, stack.region].map((part) => (Token.isUnresolved(part) ? 'any' : part)).join('/');
  throw new Error(
    `${stack.node.path}: got a stack in ${got}, allowed ${account}/${region} of the plan, change env of the stack`,
  );
}
