import {
  ECRClient,
  ListTagsForResourceCommand,
  paginateDescribeRepositories,
  type Repository,
} from '@aws-sdk/client-ecr';
import { answering } from '../../../../../aws/errors';
import { GONE, type Properties } from './parts';
import { type Listing, type Question, serviceReader } from './service-reader';
import { everyPage, tagsOf, tidy } from './shapes';

const REPOSITORIES: Listing<ECRClient> = {
  action: 'ecr:DescribeRepositories',
  names: ['EncryptionConfiguration', 'ImageScanningConfiguration', 'ImageTagMutability', 'RepositoryName'],
  list: async ({ client, abortSignal }) => {
    const pages = paginateDescribeRepositories({ client }, {}, { abortSignal });
    const repositories = await everyPage(pages, (page) => page.repositories);
    return new Map(repositories.map((one) => [one.repositoryName ?? '', repositoryOf(one)]));
  },
};

const TAGS: Question<ECRClient> = {
  action: 'ecr:ListTagsForResource',
  names: ['Tags'],
  read: ({ client, id, region: { partition, region, account }, abortSignal }) =>
    client
      .send(
        new ListTagsForResourceCommand({ resourceArn: `arn:${partition}:ecr:${region}:${account}:repository/${id}` }),
        { abortSignal },
      )
      .then(({ tags }) => tagsOf(tags))
      .catch(answering(GONE, 'RepositoryNotFoundException')),
};

export const ecrRepositories = serviceReader({
  type: 'AWS::ECR::Repository',
  client: ECRClient,
  listings: [REPOSITORIES],
  questions: [TAGS],
  defaults: ({ physicalId }) => ({
    RepositoryName: physicalId,
    ImageTagMutability: 'MUTABLE',
    ImageScanningConfiguration: { ScanOnPush: false },
    EncryptionConfiguration: { EncryptionType: 'AES256' },
  }),
});

const repositoryOf = (repository: Repository): Properties => ({
  EncryptionConfiguration: tidy({
    EncryptionType: repository.encryptionConfiguration?.encryptionType,
    KmsKey: repository.encryptionConfiguration?.kmsKey,
  }),
  ImageScanningConfiguration: { ScanOnPush: repository.imageScanningConfiguration?.scanOnPush ?? false },
  ImageTagMutability: repository.imageTagMutability,
  RepositoryName: repository.repositoryName,
});
