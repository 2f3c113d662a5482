import { join } from 'node:path';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import type { Construct } from 'constructs';
import type { ContainerContract } from '../../../media/contract';
import type { BaseImage, RegionPlan } from '../../../regions/plan/types';

export interface ContainerImage {
  readonly uri: string;
  /** ECR repository that the node must be allowed to pull from; undefined for an image outside ECR. */
  readonly repositoryArn?: string;
}

const ASSET = 'asset:';
const MEDIA_FOLDER = join(__dirname, '..', '..', '..', 'media');
const ECR = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/;

/** The kit's own images are built from their folder on the locked base, named by their hash; others are taken as named. */
export function containerImage(
  scope: Construct,
  { name, image }: Pick<ContainerContract, 'name' | 'image'>,
  { partition, baseImages }: Pick<RegionPlan, 'partition' | 'baseImages'>,
): ContainerImage {
  if (!image.startsWith(ASSET)) return { uri: image, repositoryArn: repositoryArn(image, partition) };
  const folder = image.slice(ASSET.length);
  const buildArgs = baseArguments(baseImages.find((base) => base.folder === folder));
  const asset = new DockerImageAsset(scope, `${pascalCase(name)}Image`, {
    directory: join(MEDIA_FOLDER, folder),
    platform: Platform.LINUX_AMD64,
    ...(buildArgs ? { buildArgs } : {}),
  });
  return { uri: asset.imageUri, repositoryArn: asset.repository.repositoryArn };
}

/** An unlocked base stays the tag of the Dockerfile, and the plan is refused by deploying commands. */
const baseArguments = (base: BaseImage | undefined): Record<string, string> | undefined =>
  base?.digest ? { BASE: `${base.reference.replace(/:[^:/]+$/, '')}@${base.digest}` } : undefined;

function repositoryArn(image: string, partition: string): string | undefined {
  const [, account, region, repository] = ECR.exec(image) ?? [];
  return repository && `arn:${partition}:ecr:${region}:${account}:repository/${repository}`;
}

const pascalCase = (name: string): string =>
  name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
