import { CfnService, CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { ContainerContract } from '../../../media/contract';
import type { FleetPlan } from '../../../regions/plan/cell-types';
import { tag } from '../../tags';
import type { CellContext } from './cell-context';
import { cellLogGroup } from './cell-log-group';
import { containerDefinition, hostVolumes } from './container-definition';
import { type ContainerImage, containerImage } from './container-image';
import { ExecutionRole } from './execution-role';
import type { Fleet } from './fleet';

export interface CallServiceProps {
  readonly context: CellContext;
  readonly plan: FleetPlan;
  readonly fleet: Fleet;
  readonly taskRole: Role;
  /**
   * Environment of every container that only the stacks know, such as ids of other resources.
   * @default none
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Where the service registers its tasks in the cell's namespace.
   * @default nowhere
   */
  readonly registry?: CfnService.ServiceRegistryProperty;
}

/** One host-network task on each node of a fleet that handles calls. */
export class CallService extends Construct {
  readonly service: CfnService;
  readonly logGroup: CfnLogGroup;
  private readonly props: CallServiceProps;

  constructor(scope: Construct, id: string, props: CallServiceProps) {
    super(scope, id);
    this.props = props;
    const { context, plan } = props;
    this.logGroup = cellLogGroup(this, 'Log', {
      ...context,
      name: `${context.plan.names.logGroupPrefix}/${context.cell.azId}/${plan.tier}`,
    });
    this.service = this.createService(this.createTaskDefinition());
    tag(this, { cell: context.cell.azId, tier: plan.tier });
  }

  private createTaskDefinition(): CfnTaskDefinition {
    const { context, plan, taskRole, environment = {} } = this.props;
    const images = plan.containers.map((contract) => containerImage(this, contract, context.plan));
    const execution = this.createExecutionRole(plan.containers, images);
    return new CfnTaskDefinition(this, 'Task', {
      family: this.props.fleet.name,
      networkMode: 'host',
      requiresCompatibilities: ['EC2'],
      executionRoleArn: execution.role.roleArn,
      taskRoleArn: taskRole.roleArn,
      volumes: hostVolumes(plan.containers),
      containerDefinitions: plan.containers.map((contract, index) =>
        containerDefinition({
          contract,
          imageUri: images[index]?.uri ?? contract.image,
          logGroup: this.logGroup,
          region: context.plan.region,
          environment,
        }),
      ),
    });
  }

  private createExecutionRole(containers: readonly ContainerContract[], images: readonly ContainerImage[]) {
    return new ExecutionRole(this, 'Execution', {
      purpose: `${this.props.plan.tier} tasks of ${this.props.context.clusterName}`,
      logGroup: this.logGroup,
      repositoryArns: images.flatMap(({ repositoryArn }) => repositoryArn ?? []),
      secretArns: containers.flatMap(({ secrets = {} }) => Object.values(secrets)),
    });
  }

  /** No desired count: an update would set it back to the minimum in the middle of a busy hour. Scaling owns it. */
  private createService(task: CfnTaskDefinition): CfnService {
    const { context, plan, fleet, registry } = this.props;
    return new CfnService(this, 'Service', {
      serviceName: plan.serviceName,
      cluster: context.cluster.ref,
      taskDefinition: task.ref,
      schedulingStrategy: 'REPLICA',
      capacityProviderStrategy: [{ capacityProvider: fleet.capacityProvider.ref, weight: 1 }],
      placementConstraints: [{ type: 'distinctInstance' }],
      availabilityZoneRebalancing: 'DISABLED',
      deploymentConfiguration: {
        minimumHealthyPercent: 100,
        // All new tasks start at once, because the old ones keep their calls; the plan's surge has a node for each.
        maximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
      },
      enableExecuteCommand: false,
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
      serviceRegistries: registry && [registry],
    });
  }
}
