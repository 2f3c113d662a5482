import { CfnService, type CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnService as CfnDiscoveryService } from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';
import type { InferencePlan } from '../../../regions/plan/cell-types';
import { tag } from '../../tags';
import type { CellContext, CellTier } from '../cell/cell-context';
import { cellLogGroup } from '../cell/cell-log-group';
import type { Fleet } from '../cell/fleet';
import { CallScaling } from '../scaling/call-scaling';
import { GpuFleet } from './gpu-fleet';
import { InferenceTask } from './inference-task';

export interface InferenceTierProps {
  readonly context: CellContext;
  readonly service: InferencePlan;
}

/** One inference service of a cell: its GPU nodes, its tasks, and the name under which only this cell finds them. */
export class InferenceTier extends Construct implements CellTier {
  readonly fleet: Fleet;
  readonly service: CfnService;
  private readonly props: InferenceTierProps;

  constructor(scope: Construct, id: string, props: InferenceTierProps) {
    super(scope, id);
    this.props = props;
    const { context, service } = props;
    this.fleet = new GpuFleet(this, 'Gpu', props).fleet;
    const { definition } = new InferenceTask(this, 'Task', {
      ...props,
      family: this.fleet.name,
      logGroup: this.createLog(),
    });
    this.service = this.createService(definition);
    new CallScaling(this, 'Scaling', {
      context,
      service: this.service,
      serviceName: service.serviceName,
      callsPerTask: service.callsPerTask,
      tasks: service.tasks,
      startSeconds: service.graceSeconds,
    });
    tag(this, { cell: context.cell.azId, tier: service.tier });
  }

  private createLog(): CfnLogGroup {
    const { context, service } = this.props;
    const { plan, cell } = context;
    return cellLogGroup(this, 'Log', {
      ...context,
      name: `${plan.names.logGroupPrefix}/${cell.azId}/${service.tier}`,
      dataClass: 'prompt',
    });
  }

  /** No desired count: an update would set it back to the minimum in the middle of a busy hour. Scaling owns it. */
  private createService(task: CfnTaskDefinition): CfnService {
    const { context, service } = this.props;
    return new CfnService(this, 'Service', {
      serviceName: service.serviceName,
      cluster: context.cluster.ref,
      taskDefinition: task.ref,
      schedulingStrategy: 'REPLICA',
      capacityProviderStrategy: [{ capacityProvider: this.fleet.capacityProvider.ref, weight: 1 }],
      // Where several tasks share an instance, whole instances become free when tasks go.
      placementStrategies: [{ type: 'binpack', field: 'memory' }],
      networkConfiguration: this.inTheCell(),
      healthCheckGracePeriodSeconds: service.graceSeconds,
      availabilityZoneRebalancing: 'DISABLED',
      deploymentConfiguration: rollingWithinQuota(service),
      enableExecuteCommand: false,
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
      serviceRegistries: [{ registryArn: this.createName().attrArn }],
    });
  }

  private inTheCell(): CfnService.NetworkConfigurationProperty {
    const { cellNetwork, securityGroups } = this.props.context;
    return {
      awsvpcConfiguration: {
        subnets: [cellNetwork.inferenceSubnetId],
        securityGroups: [securityGroups.inference[this.props.service.tier]],
      },
    };
  }

  /** ECS reports the container's health here, so that a name resolves to healthy tasks only. */
  private createName(): CfnDiscoveryService {
    const { context, service } = this.props;
    return new CfnDiscoveryService(this, 'Name', {
      name: service.serviceName,
      description: `${service.tier} of ${context.clusterName}`,
      namespaceId: context.namespaceId,
      dnsConfig: { routingPolicy: 'MULTIVALUE', dnsRecords: [{ type: 'A', ttl: NAME_TTL_SECONDS }] },
      healthCheckCustomConfig: { failureThreshold: 1 },
    });
  }
}

/** How long an agent may go on dialling a task that has left. */
const NAME_TTL_SECONDS = 10;

/**
 * GPU quota has no room for a spare, so one task goes before its successor comes. The minimum decides: ECS rounds up,
 * and a share taken from a larger count would let no task of a small one go.
 */
const rollingWithinQuota = ({ tasks }: InferencePlan): CfnService.DeploymentConfigurationProperty => ({
  maximumPercent: 100,
  minimumHealthyPercent: Math.floor(((tasks.min - 1) / tasks.min) * 100),
  deploymentCircuitBreaker: { enable: true, rollback: true },
});
