import type { RegionPlan } from '../../regions/plan/types';

/** A model that a region's own bucket must hold, in the layout of the engine that reads it. */
export interface WantedModel {
  readonly engine: string;
  /** `owner/name` on the model hub. */
  readonly repository: string;
  /** Commit of the repository, 40 hexadecimal digits. */
  readonly revision: string;
  /** Key prefix in the bucket, with its slash. */
  readonly prefix: string;
}

/** Models of a region, each once, in the order of its first cell. */
export function modelsOf({ cells }: RegionPlan): WantedModel[] {
  const services = cells.flatMap(({ inference }) => inference);
  const wanted = services.map(({ engine, model, weightsPrefix }) => ({ engine, ...model, prefix: weightsPrefix }));
  return [...new Map(wanted.map((model) => [model.prefix, model])).values()];
}
