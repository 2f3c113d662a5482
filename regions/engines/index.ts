import type { InferenceServiceConfig } from '../config/schema';
import { custom } from './custom';
import { kokoro } from './kokoro';
import { speaches } from './speaches';
import type { Engine, EngineBuilder, EngineContext } from './types';
import { vllm } from './vllm';

export { CACHE_DIRECTORY, LOADER_MEMORY_MIB, WEIGHTS_DIRECTORY, type Engine, type EngineContext } from './types';

const ENGINES: Readonly<Record<InferenceServiceConfig['engine'], EngineBuilder>> = { vllm, speaches, kokoro, custom };

/** How to run the server of a service: command, environment, health and what the node must give it. Pure. */
export const engineFor = (service: InferenceServiceConfig, context: EngineContext): Engine =>
  ENGINES[service.engine](service, context);
