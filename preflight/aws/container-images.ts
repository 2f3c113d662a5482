import type { InferencePlan } from '../../regions/plan/cell-types';
import type { RegionPlan } from '../../regions/plan/types';
import type { ContainerImageFacts } from '../facts/facts';
import { EcrReader } from './ecr';
import type { ReaderProps } from '../../aws/reader';

/** The mirrored images of a plan, once each: cells share them. */
export async function containerImages(
  { cells, names }: RegionPlan,
  reader: ReaderProps,
): Promise<readonly ContainerImageFacts[]> {
  const ecr = new EcrReader(reader);
  const services = new Map<string, InferencePlan>(
    cells.flatMap(({ inference }) => inference).map((service) => [service.image.uri, service]),
  );
  return Promise.all(
    [...services.values()].map(async ({ tier, image }) => {
      const repository = names.repositories[tier];
      return { repository, image, state: await ecr.image(repository, image.digest) };
    }),
  );
}
