import type { Container, ContainerDefinition, Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { ContainerFacts, DefinitionFacts, HostPort, ServiceFacts, TaskFacts } from './facts';

/** What ECS still lists after a service has been deleted is none. */
export const serviceOf = ({ serviceName, status, desiredCount = 0, runningCount = 0 }: Service): ServiceFacts[] =>
  serviceName && status === 'ACTIVE' ? [{ name: serviceName, desired: desiredCount, running: runningCount }] : [];

/** One that starts or ends has no containers yet, or none any more, to be judged. */
export const isRunning = ({ lastStatus }: Task): boolean => lastStatus === 'RUNNING';

export const taskOf = (task: Task): TaskFacts => ({
  arn: task.taskArn ?? '',
  service: /^service:(.+)$/.exec(task.group ?? '')?.[1],
  definition: task.taskDefinitionArn ?? '',
  containerInstance: task.containerInstanceArn,
  allowsExec: task.enableExecuteCommand ?? false,
  subnets: (task.attachments ?? []).flatMap(({ details = [] }) =>
    details.flatMap(({ name, value }) => (name === 'subnetId' && value ? [value] : [])),
  ),
  containers: (task.containers ?? []).map(containerOf),
});

const containerOf = ({ name = '', imageDigest, gpuIds = [], networkBindings = [] }: Container): ContainerFacts => ({
  name,
  digest: imageDigest,
  gpus: gpuIds.length,
  ports: networkBindings.flatMap(({ hostPort, protocol }) => hostPortOf(hostPort, protocol)),
});

/** With an interface of its own a task takes no port of its node. */
export function definitionOf({ containerDefinitions = [], networkMode }: TaskDefinition): DefinitionFacts {
  const takesPorts = networkMode !== 'awsvpc';
  return {
    ports: takesPorts ? containerDefinitions.flatMap(portsOf) : [],
    gpus: containerDefinitions.flatMap(gpusOf).reduce((sum, gpus) => sum + gpus, 0),
  };
}

/** On the host's network a port that says no host port is the same on the node. */
const portsOf = ({ portMappings = [] }: ContainerDefinition): HostPort[] =>
  portMappings.flatMap(({ hostPort, containerPort, protocol }) => hostPortOf(hostPort || containerPort, protocol));

const gpusOf = ({ resourceRequirements = [] }: ContainerDefinition): number[] =>
  resourceRequirements.filter(({ type }) => type === 'GPU').map(({ value }) => Number(value));

const hostPortOf = (port: number | undefined, protocol = 'tcp'): HostPort[] =>
  port === undefined ? [] : [{ protocol, port }];
