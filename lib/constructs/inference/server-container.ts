import type { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { InferencePlan } from '../../../regions/plan/cell-types';
import { LOADER } from './loader-container';
import { CACHE, WEIGHTS, mount } from './volumes';

/** Time for replies in progress; agents move to another task as soon as this one has left the namespace. */
export const STOP_TIMEOUT_SECONDS = 120;

/** Longest start period a container health check may have (ECS API, HealthCheck); the service's grace covers the rest. */
const MAX_START_PERIOD_SECONDS = 300;

/** The model server as the plan states it. */
export const serverContainer = (
  service: InferencePlan,
  logConfiguration: CfnTaskDefinition.LogConfigurationProperty,
): CfnTaskDefinition.ContainerDefinitionProperty => ({
  name: service.tier,
  image: service.image.uri,
  essential: true,
  command: [...service.command],
  environment: Object.entries(service.env).map(([name, value]) => ({ name, value })),
  user: service.user,
  privileged: false,
  memory: service.memoryMiB,
  resourceRequirements: [{ type: 'GPU', value: String(service.gpusPerTask) }],
  portMappings: [{ containerPort: service.port, protocol: 'tcp' }],
  linuxParameters: {
    initProcessEnabled: true,
    sharedMemorySize: service.sharedMemoryMiB,
    capabilities: { drop: ['ALL'] },
  },
  stopTimeout: STOP_TIMEOUT_SECONDS,
  healthCheck: healthCheck(service),
  logConfiguration,
  ...weights(service),
});

const healthCheck = ({ healthCommand, graceSeconds }: InferencePlan): CfnTaskDefinition.HealthCheckProperty => ({
  command: ['CMD', ...healthCommand],
  interval: 10,
  timeout: 5,
  retries: 3,
  startPeriod: Math.min(MAX_START_PERIOD_SECONDS, graceSeconds),
});

function weights({
  weights,
}: InferencePlan): Pick<CfnTaskDefinition.ContainerDefinitionProperty, 'dependsOn' | 'mountPoints'> {
  if (weights === 'streamed') return { mountPoints: [mount(CACHE, 'write')] };
  return {
    mountPoints: [mount(WEIGHTS, 'read'), mount(CACHE, 'write')],
    dependsOn: [{ containerName: LOADER, condition: 'SUCCESS' }],
  };
}
