import { join } from 'node:path';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import type { Construct } from 'constructs';
import type { ContainerContract } from '../../../media/contract';

export interface ContainerImage {
  readonly uri: string;
  /** ECR repository that the node must be allowed to pull from; undefined for an image outside ECR. */
  readonly repositoryArn?: string;
}

const ASSET = 'asset:';
const MEDIA_FOLDER = join(__dirname, '..', '..', '..', 'media');
const ECR = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/;

/** The kit's own images are built from their folder, named by its hash; others are taken as they are named. */
export function containerImage(
  scope: Construct,
  { name, image }: Pick<ContainerContract, 'name' | 'image'>,
  partition: string,
): ContainerImage {
  if (!image.startsWith(ASSET)) return { uri: image, repositoryArn: repositoryArn(image, partition) };
  const asset = new DockerImageAsset(scope, `${pascalCase(name)}Image`, {
    directory: join(MEDIA_FOLDER, image.slice(ASSET.length)),
    platform: Platform.LINUX_AMD64,
  });
  return { uri: asset.imageUri, repositoryArn: asset.repository.repositoryArn };
}

function repositoryArn(image: string, partition: string): string | undefined {
  const [, account, region, repository] = ECR.exec(image) ?? [];
  return repository && `arn:${partition}:ecr:${region}:${account}:repository/${repository}`;
}

const pascalCase = (name: string): string =>
  name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
