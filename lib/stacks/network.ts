import { CfnOutput } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { CellPlan } from '../../regions/plan/cell-types';
import type { RegionPlan } from '../../regions/plan/types';
import { CellSubnets } from '../constructs/network/cell-subnets';
import { ElasticIpPool } from '../constructs/network/elastic-ip-pool';
import { FlowLogs } from '../constructs/network/flow-logs';
import { GatewayEndpoints } from '../constructs/network/gateway-endpoints';
import { InterfaceEndpoints } from '../constructs/network/interface-endpoints';
import { PrefixLists } from '../constructs/network/prefix-lists';
import type { CellNetwork, PrefixListIds, RegionNetwork, SipDirectoryIds } from '../constructs/network/region-network';
import { QueuePeering } from '../constructs/network/queue-peering';
import { RegionVpc } from '../constructs/network/region-vpc';
import { SipDirectory } from '../constructs/network/sip-directory';
import { RegionStack } from './region-stack';

/** What a `NetworkStack` is built from. */
export interface NetworkStackProps {
  /** From `planDeployment`; its account and region become the environment of the stack. */
  readonly plan: RegionPlan;
  /** Encrypts the flow logs; its policy must admit CloudWatch Logs of this region. */
  readonly logKey: kms.IKey;
}

interface BuiltCell {
  readonly plan: CellPlan;
  readonly subnets: CellSubnets;
  readonly pool: ElasticIpPool;
}

/** The region's VPC over the AZs of its cells, the ways in and out of it, and the addresses carriers know. It outlives cells. */
export class NetworkStack extends RegionStack implements RegionNetwork {
  readonly vpcId: string;
  readonly cells: Readonly<Record<string, CellNetwork>>;
  readonly endpointSecurityGroupId: string;
  readonly prefixListIds: PrefixListIds;
  readonly sipDirectory: SipDirectoryIds;

  constructor(scope: Construct, id: string, { plan, logKey }: NetworkStackProps) {
    super(scope, id, { plan, description: `Network of ${plan.names.prefix}`, terminationProtection: true });
    const vpc = new RegionVpc(this, 'RegionVpc', { name: plan.names.prefix, cidr: plan.network.vpcCidr });
    const built = plan.cells.map((cell) => this.cell(vpc, cell, plan));

    this.vpcId = vpc.vpcId;
    this.cells = Object.fromEntries(built.map((cell) => [cell.plan.azId, networkOf(cell)]));
    this.prefixListIds = new PrefixLists(this, 'PrefixLists', { region: plan.region, known: plan.network.prefixLists });
    this.endpointSecurityGroupId = this.endpoints(plan, vpc, built);
    this.sipDirectory = new SipDirectory(this, 'SipDirectory', plan.sip);
    this.peerWithQueues(plan, built);
    new FlowLogs(this, 'FlowLogs', { plan, vpcId: vpc.vpcId, key: logKey });
    this.outputAddresses(built);
    this.outputDirectory(plan);
  }

  private cell(vpc: RegionVpc, cell: CellPlan, { network }: RegionPlan): BuiltCell {
    const mediaHasRoutes = network.queueNetwork !== undefined;
    return {
      plan: cell,
      subnets: new CellSubnets(this, cell.id, { vpc, cell, mediaHasRoutes }),
      pool: new ElasticIpPool(this, `${cell.id}EdgePool`, { cell }),
    };
  }

  private endpoints(plan: RegionPlan, { vpcId, edgeRouteTableId }: RegionVpc, built: readonly BuiltCell[]): string {
    const routeTableIds = [edgeRouteTableId, ...built.flatMap(({ subnets }) => subnets.privateRouteTableIds)];
    new GatewayEndpoints(this, 'GatewayEndpoints', { plan, vpcId, routeTableIds });
    const subnetIds = built.map(({ subnets }) => subnets.dataSubnetId);
    return new InterfaceEndpoints(this, 'InterfaceEndpoints', { plan, vpcId, subnetIds }).securityGroupId;
  }

  private peerWithQueues({ network: { queueNetwork } }: RegionPlan, built: readonly BuiltCell[]): void {
    if (!queueNetwork) return;
    const cells = built.map(({ plan: { id }, subnets: { mediaSubnetId, mediaRouteTableId } }) => ({
      id,
      mediaSubnetId,
      mediaRouteTableId,
    }));
    new QueuePeering(this, 'QueuePeering', { vpcId: this.vpcId, queueNetwork, cells });
  }

  private outputAddresses(built: readonly BuiltCell[]): void {
    for (const { plan, pool } of built)
      new CfnOutput(this, `${plan.id}EdgeAddresses`, {
        description: `Public addresses of the edge nodes in ${plan.azId}`,
        value: ElasticIpPool.addressesOf([pool]),
      });
    new CfnOutput(this, 'EdgeAddresses', {
      description: "Every public address of the region's edge nodes, for the carriers' allow-lists",
      value: ElasticIpPool.addressesOf(built.map(({ pool }) => pool)),
    });
  }

  private outputDirectory({ sip }: RegionPlan): void {
    new CfnOutput(this, 'SipNamespaceId', {
      description: `Cloud Map namespace of ${sip.zone}; its parent domain must delegate to the name servers of its hosted zone`,
      value: this.sipDirectory.namespaceId,
    });
    new CfnOutput(this, 'SipHostedZoneId', {
      description: `Hosted zone of ${sip.zone}; name servers: aws route53 get-hosted-zone --id <this>`,
      value: this.sipDirectory.hostedZoneId,
    });
  }
}

function networkOf({ subnets, pool }: BuiltCell): CellNetwork {
  const { edgeSubnetId, mediaSubnetId, inferenceSubnetId, dataSubnetId } = subnets;
  return {
    edgeSubnetId,
    mediaSubnetId,
    inferenceSubnetId,
    dataSubnetId,
    elasticIpAllocationIds: pool.allocationIds,
  };
}
