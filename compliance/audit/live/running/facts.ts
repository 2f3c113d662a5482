import type { Answer } from '../../../../aws/answer';

/** How the cells of a region run, as the account tells it. Judges know nothing else. */
export interface RegionFacts {
  /** By name of the cluster. */
  readonly clusters: ReadonlyMap<string, ClusterFacts>;
  readonly instances: Answer<ReadonlyMap<string, InstanceFacts>>;
  readonly subnets: Answer<ReadonlyMap<string, SubnetFacts>>;
  /** AZ ids by AZ name, which every account has its own way. */
  readonly zones: Answer<ReadonlyMap<string, string>>;
  /** Digests that an own image may run with, by `repository:tag`; one that is not there has no image. */
  readonly images: Answer<ReadonlyMap<string, readonly string[]>>;
}

export interface ClusterFacts {
  readonly services: Answer<readonly ServiceFacts[]>;
  readonly tasks: Answer<readonly TaskFacts[]>;
  /** Of tasks that are protected: until when, by ARN of the task. */
  readonly protectedUntil: Answer<ReadonlyMap<string, Date | undefined>>;
  /** EC2 instance ids by ARN of the container instance. */
  readonly nodes: Answer<ReadonlyMap<string, string>>;
  /** By ARN of the task definition. */
  readonly definitions: ReadonlyMap<string, Answer<DefinitionFacts>>;
}

export interface ServiceFacts {
  readonly name: string;
  readonly desired: number;
  readonly running: number;
}

export interface TaskFacts {
  readonly arn: string;
  /** Undefined for a task that no service started. */
  readonly service: string | undefined;
  readonly definition: string;
  readonly containerInstance: string | undefined;
  readonly allowsExec: boolean;
  /** Subnets of network interfaces of its own. */
  readonly subnets: readonly string[];
  readonly containers: readonly ContainerFacts[];
}

export interface ContainerFacts {
  readonly name: string;
  /** `sha256:…` of what runs; undefined before it has been pulled. */
  readonly digest: string | undefined;
  readonly gpus: number;
  readonly ports: readonly HostPort[];
}

/** A port of the node itself. */
export interface HostPort {
  readonly protocol: string;
  readonly port: number;
}

export interface DefinitionFacts {
  readonly ports: readonly HostPort[];
  /** GPUs that all its containers together reserve. */
  readonly gpus: number;
}

export interface InstanceFacts {
  readonly azId: string | undefined;
  readonly azName: string | undefined;
  readonly placementGroup: string | undefined;
  readonly subnets: readonly string[];
}

export interface SubnetFacts {
  readonly azId: string | undefined;
  readonly cidr: string | undefined;
}

/** Last part of a task's ARN, as the console shows it. */
export const shortId = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);
