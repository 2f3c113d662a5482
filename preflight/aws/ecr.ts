import { DescribeImagesCommand, DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import type { Answer } from '../../aws/answer';
import type { ContainerImageFacts } from '../facts/facts';
import { answering } from '../../aws/errors';
import { clientConfig, type ReaderProps } from '../../aws/reader';

type ImageState = ContainerImageFacts['state'] extends Answer<infer State> ? State : never;

export class EcrReader {
  private readonly props: ReaderProps;
  private readonly ecr: ECRClient;

  constructor(props: ReaderProps) {
    this.props = props;
    this.ecr = new ECRClient(clientConfig(props));
  }

  /** @param digest `sha256:…`; without one only the repository is looked for, and no image is there */
  image(repositoryName: string, digest: string | undefined): Promise<Answer<ImageState>> {
    return digest === undefined ? this.repository(repositoryName) : this.byDigest(repositoryName, digest);
  }

  private byDigest(repositoryName: string, imageDigest: string): Promise<Answer<ImageState>> {
    return this.props.ask('ecr:DescribeImages', (abortSignal) =>
      this.ecr
        .send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageDigest }] }), { abortSignal })
        .then((): ImageState => 'present')
        .catch(answering<ImageState>('absent', 'ImageNotFoundException'))
        .catch(answering<ImageState>('no repository', 'RepositoryNotFoundException')),
    );
  }

  private repository(repositoryName: string): Promise<Answer<ImageState>> {
    return this.props.ask('ecr:DescribeRepositories', (abortSignal) =>
      this.ecr
        .send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }), { abortSignal })
        .then((): ImageState => 'absent')
        .catch(answering<ImageState>('no repository', 'RepositoryNotFoundException')),
    );
  }
}
