import type { ECRClient, ImageDetail, ImageIdentifier } from '@aws-sdk/client-ecr';
import { types } from 'node:util';
import type { ClientOptions } from '../../client-options';
import { told } from '../../outside';
import { Unreadable } from '../../unreadable';
import type { Mirrored } from './plan';
import type { Found, RegionRegistry, SignedIn } from './registry';

/** `ecr:DescribeImages`, `ecr:GetAuthorizationToken`; pushing needs ECR's push actions too. */
export class EcrRegistry implements RegionRegistry {
  private readonly client: ClientOptions;

  constructor(client: ClientOptions = {}) {
    this.client = client;
  }

  async find(
    region: string,
    { repository, digest, tag }: Pick<Mirrored, 'repository' | 'digest' | 'tag'>,
  ): Promise<Found> {
    const ecr = await this.ecr(region);
    try {
      const byDigest = await describe(ecr, region, repository, { imageDigest: digest });
      if (byDigest === 'no repository') return { state: 'no repository' };
      if (byDigest !== 'absent') return { state: 'there' };
      const byTag = await describe(ecr, region, repository, { imageTag: tag });
      if (byTag === 'absent' || byTag === 'no repository') return { state: 'absent' };
      return { state: 'taken', by: byTag.imageDigest ?? 'another image' };
    } finally {
      ecr.destroy();
    }
  }

  async signIn(region: string): Promise<SignedIn> {
    const { GetAuthorizationTokenCommand } = await import('@aws-sdk/client-ecr');
    const ecr = await this.ecr(region);
    const { authorizationData } = await told(region, () => ecr.send(new GetAuthorizationTokenCommand({})));
    ecr.destroy();
    const { authorizationToken: auth, proxyEndpoint } = authorizationData?.[0] ?? {};
    if (!auth || !proxyEndpoint) throw new Unreadable(`${region}: ECR gave no authorization token`);
    return { registry: new URL(proxyEndpoint).host, auth };
  }

  private async ecr(region: string): Promise<ECRClient> {
    const { ECRClient: Client } = await import('@aws-sdk/client-ecr');
    return new Client({ region, ...this.client });
  }
}

async function describe(
  ecr: ECRClient,
  region: string,
  repositoryName: string,
  imageId: ImageIdentifier,
): Promise<ImageDetail | 'absent' | 'no repository'> {
  const { DescribeImagesCommand } = await import('@aws-sdk/client-ecr');
  return told(region, async () => {
    try {
      const command = new DescribeImagesCommand({ repositoryName, imageIds: [imageId] });
      return (await ecr.send(command)).imageDetails?.[0] ?? 'absent';
    } catch (error) {
      if (named(error, 'ImageNotFoundException')) return 'absent';
      if (named(error, 'RepositoryNotFoundException')) return 'no repository';
      throw error;
    }
  });
}

const named = (error: unknown, name: string): boolean => types.isNativeError(error) && error.name === name;
