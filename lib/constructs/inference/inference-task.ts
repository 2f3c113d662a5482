import { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { InferencePlan } from '../../../regions/plan/cell-types';
import type { CellContext } from '../cell/cell-context';
import { type ContainerImage, containerImage } from '../cell/container-image';
import { ExecutionRole } from '../cell/execution-role';
import { containerLog } from '../cell/container-log';
import { LOADER, loaderContainer } from './loader-container';
import { serverContainer } from './server-container';
import { InferenceTaskRole } from './task-role';
import { volumesOf } from './volumes';

export interface InferenceTaskProps {
  readonly context: CellContext;
  readonly service: InferencePlan;
  readonly family: string;
  readonly logGroup: CfnLogGroup;
}

/** One task: the model server with its own address, and before it, where weights are staged, the loader. */
export class InferenceTask extends Construct {
  readonly definition: CfnTaskDefinition;
  private readonly props: InferenceTaskProps;

  constructor(scope: Construct, id: string, props: InferenceTaskProps) {
    super(scope, id);
    this.props = props;
    const { context, service, family } = props;
    const loader = service.weights === 'staged' ? this.loaderImage() : undefined;
    const execution = this.createExecutionRole(loader);
    const task = new InferenceTaskRole(this, 'Access', { context, service });
    this.definition = new CfnTaskDefinition(this, 'Definition', {
      family,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['EC2'],
      executionRoleArn: execution.role.roleArn,
      taskRoleArn: task.role.roleArn,
      volumes: volumesOf(service),
      containerDefinitions: this.containers(loader),
    });
  }

  private loaderImage(): ContainerImage {
    return containerImage(this, { name: LOADER, image: 'asset:loader' }, this.props.context.plan);
  }

  private createExecutionRole(loader: ContainerImage | undefined): ExecutionRole {
    const { context, service, logGroup } = this.props;
    return new ExecutionRole(this, 'Execution', {
      purpose: `${service.tier} tasks of ${context.clusterName}`,
      logGroup,
      repositoryArns: [context.records.repositories[service.tier].repositoryArn, loader?.repositoryArn ?? []].flat(),
    });
  }

  private containers(loader: ContainerImage | undefined): CfnTaskDefinition.ContainerDefinitionProperty[] {
    const { context, service } = this.props;
    const server = serverContainer(service, this.log(service.tier));
    if (!loader) return [server];
    const logConfiguration = this.log(LOADER);
    return [loaderContainer({ plan: context.plan, service, imageUri: loader.uri, logConfiguration }), server];
  }

  private log(streamPrefix: string): CfnTaskDefinition.LogConfigurationProperty {
    return containerLog(this.props.logGroup, this.props.context.plan.region, streamPrefix);
  }
}
