import type { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { ContainerContract } from '../../../media/contract';
import { containerLog } from './container-log';

export interface DefinitionInput {
  readonly contract: ContainerContract;
  readonly imageUri: string;
  readonly logGroup: CfnLogGroup;
  readonly region: string;
  /** Ids that only the stacks know. */
  readonly environment: Readonly<Record<string, string>>;
}

/** An unprivileged host-network container as its contract states it. */
export function containerDefinition(input: DefinitionInput): CfnTaskDefinition.ContainerDefinitionProperty {
  const { contract } = input;
  return {
    name: contract.name,
    image: input.imageUri,
    essential: true,
    command: contract.command,
    environment: pairs({ ...contract.env, ...input.environment }, (name, value) => ({ name, value })),
    secrets: pairs(contract.secrets ?? {}, (name, valueFrom) => ({ name, valueFrom })),
    portMappings: portMappings(contract),
    mountPoints: mountPoints(contract),
    healthCheck: healthCheck(contract),
    stopTimeout: contract.stopTimeoutSeconds,
    memory: contract.memoryMiB,
    user: contract.user,
    privileged: false,
    linuxParameters: {
      initProcessEnabled: true,
      capabilities: { drop: ['ALL'], add: contract.capabilities ?? [] },
    },
    ulimits: [{ name: 'nofile', softLimit: 65536, hardLimit: 65536 }],
    // Whoever drains the node reads from the container's label how this container is drained.
    dockerLabels: { 'voicecell.drain': JSON.stringify(contract.drainCommand) },
    logConfiguration: logConfiguration(input),
  };
}

/** The task's host volumes: each directory once, however many containers mount it. */
export function hostVolumes(contracts: readonly ContainerContract[]): CfnTaskDefinition.VolumeProperty[] {
  const paths = new Set(contracts.flatMap(({ volumes = [] }) => volumes.map(({ hostPath }) => hostPath)));
  return [...paths].toSorted().map((path) => ({ name: volumeName(path), host: { sourcePath: path } }));
}

/** ECS maps no port ranges in host mode; a single port is reserved so that two tasks never share a node. */
const portMappings = ({ ports = [] }: ContainerContract) =>
  ports
    .filter(({ from, to }) => from === to)
    .map(({ from, protocol }) => ({ containerPort: from, hostPort: from, protocol }));

const mountPoints = ({ volumes = [] }: ContainerContract) =>
  volumes.map(({ hostPath, containerPath, readOnly }) => ({
    sourceVolume: volumeName(hostPath),
    containerPath,
    readOnly,
  }));

const healthCheck = ({ health }: ContainerContract) => ({
  command: ['CMD', ...health.command],
  interval: health.intervalSeconds,
  timeout: health.timeoutSeconds,
  retries: health.retries,
  startPeriod: health.startPeriodSeconds,
});

const logConfiguration = ({ contract, logGroup, region }: DefinitionInput) =>
  containerLog(logGroup, region, contract.name);

const volumeName = (path: string): string => path.split('/').filter(Boolean).join('-');

const pairs = <T>(record: Readonly<Record<string, string>>, pair: (name: string, value: string) => T): T[] =>
  Object.entries(record)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => pair(name, value));
