import { HeadBucketCommand, ListObjectsV2Command, S3Client, paginateListBuckets } from '@aws-sdk/client-s3';
import { known, type Answer } from '../../aws/answer';
import type { BucketHead } from '../facts/buckets';
import { answering } from '../../aws/errors';
import { statusOf } from '../../aws/reasons';
import { clientConfig, type ReaderProps } from '../../aws/reader';

interface OwnedBucket {
  readonly Bucket: string;
  /** What another account's bucket of that name holds says nothing. */
  readonly ExpectedBucketOwner: string;
}

export class S3Reader {
  private readonly props: ReaderProps;
  private readonly s3: S3Client;

  constructor(props: ReaderProps) {
    this.props = props;
    this.s3 = new S3Client(clientConfig(props));
  }

  /** Names of the account's buckets that start so, in all regions. */
  owned(Prefix: string): Promise<Answer<ReadonlySet<string>>> {
    return this.props.ask('s3:ListAllMyBuckets', async (abortSignal) => {
      const names = new Set<string>();
      const pages = paginateListBuckets({ client: this.s3 }, { Prefix, MaxBuckets: 1000 }, { abortSignal });
      for await (const { Buckets = [] } of pages) for (const { Name } of Buckets) if (Name) names.add(Name);
      return names;
    });
  }

  /** Names are the whole world's: a bucket that is there and not the account's is somebody else's. */
  bucket(Bucket: string, account: string): Promise<Answer<BucketHead>> {
    return this.props.ask('s3:ListBucket', (abortSignal) =>
      this.s3
        .send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: account }), { abortSignal })
        .then(({ BucketRegion = this.props.region }): BucketHead =>
          BucketRegion === this.props.region ? 'ours' : 'elsewhere',
        )
        .catch(stateOfRefusal),
    );
  }

  /** Those of the objects that are not there; undefined while the bucket is not. */
  async missing(
    Bucket: string,
    account: string,
    keys: readonly string[],
  ): Promise<Answer<readonly string[] | undefined>> {
    const missing: string[] = [];
    for (const key of keys) {
      const there = await this.has({ Bucket, ExpectedBucketOwner: account }, key);
      if (!there.known) return there;
      if (there.value === undefined) return known(undefined);
      if (!there.value) missing.push(key);
    }
    return known(missing);
  }

  /** By a list of one: reading the object's head would ask for its key as well. */
  private has(bucket: OwnedBucket, key: string): Promise<Answer<boolean | undefined>> {
    return this.props.ask('s3:ListBucket', (abortSignal) =>
      this.s3
        .send(new ListObjectsV2Command({ ...bucket, Prefix: key, MaxKeys: 1 }), { abortSignal })
        .then(({ Contents = [] }) => Contents.some(({ Key }) => Key === key))
        .catch(answering(undefined, 'NoSuchBucket')),
    );
  }
}

/** A HEAD has no body, so that its status is all there is (S3 API reference, HeadBucket). */
function stateOfRefusal(error: unknown): BucketHead {
  const state = STATE_BY_STATUS.get(statusOf(error) ?? 0);
  if (state) return state;
  throw error;
}

const STATE_BY_STATUS: ReadonlyMap<number, BucketHead> = new Map([
  [301, 'elsewhere'],
  [403, 'forbidden'],
  [404, 'absent'],
]);
