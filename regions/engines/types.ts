import type { InferenceServiceConfig } from '../config/schema';
import type { InferencePlan } from '../plan/cell-types';

/** Where the weights of a service lie and where it runs. */
export interface EngineContext {
  readonly weightsBucket: string;
  /** Key prefix of the model in the bucket, with or without a trailing slash. */
  readonly weightsPrefix: string;
  readonly region: string;
}

/** How to run one inference server in a container; the command follows the image's own entry point. */
export type Engine = Pick<
  InferencePlan,
  | 'command'
  | 'env'
  | 'user'
  | 'weights'
  | 'port'
  | 'healthPath'
  | 'healthCommand'
  | 'graceSeconds'
  | 'memoryMiB'
  | 'sharedMemoryMiB'
>;

export type EngineBuilder = (service: InferenceServiceConfig, context: EngineContext) => Engine;

/**
 * Directory in the container that the loader fills from the weights prefix before the engine starts. The prefix holds
 * the files in the layout the engine expects here; each engine says which.
 */
export const WEIGHTS_DIRECTORY = '/opt/weights';

/** Directory in the container that outlives the task: compiled kernels and graphs. */
export const CACHE_DIRECTORY = '/opt/cache';

/** Memory of the container that stages weights; ECS keeps it reserved as long as the task runs. */
export const LOADER_MEMORY_MIB = 1024;
