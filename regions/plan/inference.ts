import { unitsFor } from '../capacity/sizing';
import { instanceType } from '../catalog';
import type { InferenceServiceConfig, InferenceTier } from '../config/schema';
import { engineFor } from '../engines';
import { amiFor, lockedImage } from '../lock';
import type { CellInput } from './cell-input';
import type { ImagePlan, InferencePlan } from './cell-types';

/** With one task a rolling deployment, which must not ask for more GPUs than the quota, would stop the stage. */
const PRODUCTION_TASKS = 2;

export function inferencePlan(input: CellInput, tier: InferenceTier): InferencePlan {
  const service = input.region.inference[tier];
  const tasks = unitsFor(input.calls, service.callsPerReplica, Math.max(service.replicas ?? 1, floorOf(input)));
  const tasksPerInstance = Math.max(1, Math.floor(gpusOf(service) / service.gpus));
  return {
    tier,
    serviceName: tier,
    ...engineFor(service, engineContext(input, tier)),
    engine: service.engine,
    image: imagePlan(input, tier, service.image),
    model: service.model,
    weightsPrefix: weightsPrefix(service),
    instanceType: service.instanceType,
    amiId: amiFor(input.lock, input.name, 'gpu'),
    gpusPerTask: service.gpus,
    tasksPerInstance,
    callsPerTask: service.callsPerReplica,
    tasks,
    instances: { min: Math.ceil(tasks.min / tasksPerInstance), max: Math.ceil(tasks.max / tasksPerInstance) },
    capacityReservation: service.capacityReservation ?? 'none',
    placementGroup: service.placementGroup ?? 'none',
  };
}

export const engineContext = (input: CellInput, tier: InferenceTier) => ({
  weightsBucket: input.names.buckets.weights,
  weightsPrefix: weightsPrefix(input.region.inference[tier]),
  region: input.name,
});

/** By engine too: each wants the same model in a layout of its own. */
const weightsPrefix = ({ engine, model }: InferenceServiceConfig): string =>
  `${engine}/${model.repository}/${model.revision}/`;

const floorOf = ({ config }: CellInput): number => (config.purpose === 'production' ? PRODUCTION_TASKS : 1);

const gpusOf = (service: InferenceServiceConfig): number =>
  instanceType(service.instanceType)?.gpu?.count ?? service.gpus;

function imagePlan(input: CellInput, tier: InferenceTier, reference: string): ImagePlan {
  const registry = `${input.config.account}.dkr.ecr.${input.name}.amazonaws.com`;
  const repository = `${registry}/${input.names.repositories[tier]}`;
  const digest = lockedImage(input.lock, reference);
  const tag = reference.slice(reference.lastIndexOf(':') + 1);
  return { reference, ...(digest ? { digest } : {}), uri: digest ? `${repository}@${digest}` : `${repository}:${tag}` };
}
