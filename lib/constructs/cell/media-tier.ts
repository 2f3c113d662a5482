import type { CfnService } from 'aws-cdk-lib/aws-ecs';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnService as CfnDiscoveryService } from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';
import { userData } from '../../../media/boot/user-data';
import { type ContainerContract, lifecycle } from '../../../media/contract';
import { keepCallsStatements } from './call-policies';
import { CallService } from './call-service';
import type { CellContext, CellTier } from './cell-context';
import { Fleet } from './fleet';
import { lifeEnv } from './life-env';
import { adoptSpoolStatements } from './spool-policies';

export interface MediaTierProps {
  readonly context: CellContext;
}

/** Media servers with their agents and recorders: private nodes whose spool volume outlives them. */
export class MediaTier extends Construct implements CellTier {
  readonly fleet: Fleet;
  readonly service: CfnService;
  private readonly props: MediaTierProps;

  constructor(scope: Construct, id: string, props: MediaTierProps) {
    super(scope, id);
    this.props = props;
    const { context } = props;
    this.fleet = this.createFleet();
    this.service = new CallService(this, 'Calls', {
      context,
      plan: context.cell.media,
      fleet: this.fleet,
      taskRole: this.createTaskRole(),
      registry: this.createRegistry(),
      environment: {
        RECORDINGS_KEY_ARN: context.records.keys.recording.keyArn,
        TRANSCRIPTS_KEY_ARN: context.records.keys.transcript.keyArn,
        ...lifeEnv(context.cell.media, this.fleet),
      },
    }).service;
  }

  private createFleet(): Fleet {
    const { context } = this.props;
    const { plan, cell } = context;
    const { hookHeartbeatSeconds, stopTimeoutSeconds } = lifecycle(plan.maxCallMinutes);
    const adopt = new ManagedPolicy(this, 'AdoptSpools', {
      description: `Adopts spools of ${context.clusterName}`,
      statements: adoptSpoolStatements(context),
    });
    return new Fleet(this, 'Fleet', {
      ...cell.media,
      context,
      subnetId: context.cellNetwork.mediaSubnetId,
      securityGroupId: context.securityGroups.media,
      volumes: { rootGiB: 50, spoolGiB: cell.media.spoolGiB, dataClass: 'recording' },
      nodePolicies: [adopt],
      drainHeartbeatSeconds: hookHeartbeatSeconds,
      userData: userData({
        deployment: plan.deployment,
        region: plan.region,
        cell: cell.azId,
        clusterName: context.clusterName,
        tier: 'media',
        stopTimeoutSeconds,
        reservedPorts: [...singlePorts(cell.media.containers), cell.media.rtpPorts],
      }),
    });
  }

  /** Its name is in the plan: the vault's bucket policies and the writer role's trust admit it before it exists. */
  private createTaskRole(): Role {
    const { context } = this.props;
    const policy = new ManagedPolicy(this, 'TaskPolicy', {
      description: `Media tasks of ${context.clusterName}`,
      statements: [
        ...keepCallsStatements(context, 'media'),
        new PolicyStatement({ actions: ['sts:AssumeRole'], resources: [context.records.writerRoleArn] }),
      ],
    });
    return new Role(this, 'TaskRole', {
      roleName: context.cell.mediaTaskRole,
      assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
      description: `Media tasks of ${context.clusterName}`,
      managedPolicies: [policy],
    });
  }

  /** Host-network tasks can have SRV records only (ECS developer guide, service discovery). */
  private createRegistry(): CfnService.ServiceRegistryProperty {
    const { context } = this.props;
    const { serviceName, containers } = context.cell.media;
    const directory = new CfnDiscoveryService(this, 'Directory', {
      name: serviceName,
      description: `Media nodes of ${context.clusterName}`,
      namespaceId: context.namespaceId,
      dnsConfig: { routingPolicy: 'MULTIVALUE', dnsRecords: [{ type: 'SRV', ttl: 10 }] },
      healthCheckCustomConfig: { failureThreshold: 1 },
    });
    return { registryArn: directory.attrArn, ...sipPort(containers) };
  }
}

/** Port that callers of the service dial: the first one named `sip`. */
function sipPort(containers: readonly ContainerContract[]): { containerName: string; containerPort: number } {
  for (const { name, ports = [] } of containers) {
    const sip = ports.find((port) => port.name === 'sip');
    if (sip) return { containerName: name, containerPort: sip.from };
  }
  throw new Error(
    `no container of the media node has a port named sip, among ${containers.map(({ name }) => name).join(', ')}`,
  );
}

const singlePorts = (containers: readonly ContainerContract[]) =>
  [
    ...new Set(
      containers.flatMap(({ ports = [] }) => ports.filter(({ from, to }) => from === to).map(({ from }) => from)),
    ),
  ]
    .toSorted((a, b) => a - b)
    .map((port) => ({ from: port, to: port }));
