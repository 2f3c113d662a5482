import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import type { RegionPlan } from '../../../regions/plan/types';
import type { Region } from './aws';
import { type Check, check, only } from './check';

/** The kit's own images are named by the hash of what they are built from; that means something only where tags stay put. */
export const ownImageChecks = ({ account, region: name }: RegionPlan, { ecr }: Region): Check[] => {
  const repository = `cdk-hnb659fds-container-assets-${account}-${name}`;
  return [
    check(`repository ${repository}: tags`, 'IMMUTABLE', async () => {
      const answer = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [repository] }));
      return only(answer.repositories, `repository ${repository}`).imageTagMutability;
    }),
  ];
};
