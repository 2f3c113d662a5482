import type { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { NODE } from '../../../media/contract';
import { LOADER_MEMORY_MIB } from '../../../regions/engines';
import type { InferencePlan } from '../../../regions/plan/cell-types';
import type { RegionPlan } from '../../../regions/plan/types';
import { WEIGHTS, mount } from './volumes';

/** Name of the container that must have succeeded before a server with staged weights starts. */
export const LOADER = 'loader';

export interface LoaderInput {
  readonly plan: RegionPlan;
  readonly service: InferencePlan;
  readonly imageUri: string;
  readonly logConfiguration: CfnTaskDefinition.LogConfigurationProperty;
}

/** Copies the model from the region's weights bucket to the node, then exits. */
export const loaderContainer = (input: LoaderInput): CfnTaskDefinition.ContainerDefinitionProperty => ({
  name: LOADER,
  image: input.imageUri,
  essential: false,
  environment: [
    { name: 'AWS_REGION', value: input.plan.region },
    { name: 'WEIGHTS_BUCKET', value: input.plan.names.buckets.weights },
    { name: 'WEIGHTS_PREFIX', value: input.service.weightsPrefix },
    { name: 'WEIGHTS_PATH', value: WEIGHTS.containerPath },
  ],
  user: NODE.user,
  privileged: false,
  memory: LOADER_MEMORY_MIB,
  linuxParameters: { initProcessEnabled: true, capabilities: { drop: ['ALL'] } },
  mountPoints: [mount(WEIGHTS, 'write')],
  // Without it the agent gives up on the server after three minutes of copying.
  startTimeout: input.service.graceSeconds,
  logConfiguration: input.logConfiguration,
});
