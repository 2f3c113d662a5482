import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import type { RegionPlan } from '../../../regions/plan/types';
import type { Region } from './aws';
import { type Check, check, only } from './check';
import { keyArn } from './key-arn';

/** Mirrors of third-party images: a tag never moves, a push is scanned, layers carry the key of weights. */
export const repositoryChecks = ({ names }: RegionPlan, region: Region): Check[] =>
  Object.values(names.repositories).map((name) =>
    check(`repository ${name}`, { tags: 'IMMUTABLE', scanned: true, encryption: 'KMS', plannedKey: true }, async () => {
      const { repositories } = await region.ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [name] }));
      const found = only(repositories, `repository ${name}`);
      return {
        tags: found.imageTagMutability,
        scanned: found.imageScanningConfiguration?.scanOnPush,
        encryption: found.encryptionConfiguration?.encryptionType,
        plannedKey: found.encryptionConfiguration?.kmsKey === (await keyArn(region, names.keyAliases.weights)),
      };
    }),
  );
