import type { CfnService } from 'aws-cdk-lib/aws-ecs';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { CfnService as CfnDiscoveryService } from 'aws-cdk-lib/aws-servicediscovery';
import { userData } from '../../../media/boot/user-data';
import { PORTS, lifecycle } from '../../../media/contract';
import {
  claimAddressStatements,
  keepCallsStatements,
  readCertificateStatements,
  sipDirectoryStatements,
  watchCellStatements,
} from './call-policies';
import type { CellPlan } from '../../../regions/plan/cell-types';
import { CallService } from './call-service';
import type { CellContext, CellTier } from './cell-context';
import { Fleet } from './fleet';
import { lifeEnv } from './life-env';
import type { SrvService } from '../network/region-network';

export interface EdgeTierProps {
  readonly context: CellContext;
}

/** SIP proxies and RTP relays: few nodes, the only ones that claim a public address. */
export class EdgeTier extends Construct implements CellTier {
  readonly fleet: Fleet;
  readonly service: CfnService;
  private readonly props: EdgeTierProps;

  constructor(scope: Construct, id: string, props: EdgeTierProps) {
    super(scope, id);
    this.props = props;
    const { context } = props;
    const { sipDirectory } = context.network;
    this.fleet = this.createFleet();
    this.service = new CallService(this, 'Calls', {
      context,
      plan: context.cell.edge,
      fleet: this.fleet,
      taskRole: this.createTaskRole(),
      environment: {
        SIP_HOST_SERVICE_ID: sipDirectory.hostServiceId,
        ...srvServiceEnv(sipDirectory.srvServices),
        ...lifeEnv(context.cell.edge, this.fleet),
      },
      ...this.proxyRegistry(),
    }).service;
  }

  private createFleet(): Fleet {
    const { context } = this.props;
    const { plan, cell } = context;
    const { hookHeartbeatSeconds, stopTimeoutSeconds } = lifecycle(plan.maxCallMinutes);
    const claim = new ManagedPolicy(this, 'ClaimAddress', {
      description: `Claims an address of ${context.clusterName}`,
      statements: claimAddressStatements(context),
    });
    return new Fleet(this, 'Fleet', {
      ...cell.edge,
      context,
      subnetId: context.cellNetwork.edgeSubnetId,
      securityGroupId: context.securityGroups.edge,
      volumes: { rootGiB: 30, dataClass: 'none' },
      nodePolicies: [claim],
      drainHeartbeatSeconds: hookHeartbeatSeconds,
      userData: userData({
        deployment: plan.deployment,
        region: plan.region,
        cell: cell.azId,
        clusterName: context.clusterName,
        tier: 'edge',
        stopTimeoutSeconds,
        reservedPorts: [{ from: PORTS.sip, to: PORTS.sipInner }, ...proxyPort(cell), cell.edge.rtpPorts],
      }),
    });
  }

  /** Where agents find the way to declared hosts. Host-network tasks can have SRV records only (ECS developer guide). */
  private proxyRegistry(): { registry?: CfnService.ServiceRegistryProperty } {
    const { cell, clusterName, namespaceId } = this.props.context;
    if (cell.proxyService === undefined) return {};
    const directory = new CfnDiscoveryService(this, 'ProxyDirectory', {
      name: cell.proxyService,
      description: `Proxies of ${clusterName}`,
      namespaceId,
      dnsConfig: { routingPolicy: 'MULTIVALUE', dnsRecords: [{ type: 'SRV', ttl: 10 }] },
      healthCheckCustomConfig: { failureThreshold: 1 },
    });
    return { registry: { registryArn: directory.attrArn, containerName: 'proxy', containerPort: PORTS.proxy } };
  }

  private createTaskRole(): Role {
    const { context } = this.props;
    const policy = new ManagedPolicy(this, 'TaskPolicy', {
      description: `Edge tasks of ${context.clusterName}`,
      statements: [
        ...keepCallsStatements(context, 'edge'),
        ...watchCellStatements(context),
        ...sipDirectoryStatements(context),
        ...readCertificateStatements(context),
      ],
    });
    return new Role(this, 'TaskRole', {
      assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
      description: `Edge tasks of ${context.clusterName}`,
      managedPolicies: [policy],
    });
  }
}

const proxyPort = ({ proxyService }: CellPlan) =>
  proxyService === undefined ? [] : [{ from: PORTS.proxy, to: PORTS.proxy }];

/** `SIP_SRV_SERVICE_ID_TLS` and so on: the directory services in which a ready node registers itself. */
const srvServiceEnv = (services: readonly SrvService[]): Record<string, string> =>
  Object.fromEntries(services.map(({ transport, id }) => [`SIP_SRV_SERVICE_ID_${transport.toUpperCase()}`, id]));
