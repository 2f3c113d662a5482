import { RemovalPolicy } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { InferenceTier } from '../../../regions/config/schema';
import type { Names } from '../../../regions/plan/types';
import { tag } from '../../tags';

export interface ImageRepositoriesProps {
  readonly names: Names['repositories'];
  readonly key: kms.IKey;
}

/** In-region mirrors of the third-party inference images; a tag, once pushed, never moves. */
export class ImageRepositories extends Construct {
  readonly byTier: Readonly<Record<InferenceTier, ecr.IRepository>>;
  private readonly props: ImageRepositoriesProps;

  constructor(scope: Construct, id: string, props: ImageRepositoriesProps) {
    super(scope, id);
    this.props = props;
    this.byTier = {
      stt: this.repository('Stt', 'stt'),
      llm: this.repository('Llm', 'llm'),
      tts: this.repository('Tts', 'tts'),
    };
    tag(this, { dataClass: 'image' });
  }

  private repository(id: string, tier: InferenceTier): ecr.IRepository {
    const { names, key } = this.props;
    return new ecr.Repository(this, id, {
      repositoryName: names[tier],
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      encryption: ecr.RepositoryEncryption.KMS,
      encryptionKey: key,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }
}
