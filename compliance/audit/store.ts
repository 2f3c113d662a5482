import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mapAnswer, type Answer } from '../../aws/answer';
import { clientConfig, type ReaderProps } from '../../aws/reader';
import type { Posture } from './posture';
import { jsonReport } from './reporters/json';

/** Where a report has been put. */
export interface Stored {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

/**
 * Puts a report into the posture vault, whose lock and hold keep it (GOV-05). It sends no lock of its own, which the bucket's
 * policy refuses. The key is the day and the digest: the same report twice is one object with two versions.
 */
export async function store(posture: Posture, bucket: string, props: ReaderProps): Promise<Answer<Stored>> {
  const s3 = new S3Client(clientConfig(props));
  const key = `${posture.inputs.asOf}/${posture.sha256}.json`;
  const put = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Body: jsonReport(posture),
    ContentType: 'application/json',
    ChecksumAlgorithm: 'SHA256',
  });
  const answer = await props.ask('s3:PutObject', (abortSignal) => s3.send(put, { abortSignal }));
  return mapAnswer(answer, ({ VersionId }) => ({ bucket, key, ...(VersionId ? { versionId: VersionId } : {}) }));
}
