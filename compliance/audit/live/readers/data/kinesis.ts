import {
  DescribeStreamSummaryCommand,
  KinesisClient,
  ListTagsForStreamCommand,
  type StreamDescriptionSummary,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { answering, given } from '../../../../../aws/errors';
import type { clientConfig } from '../../../../../aws/reader';
import { GONE, type Properties } from './parts';
import { type Question, serviceReader } from './service-reader';
import { tagsOf } from './shapes';

/** The SDK's HTTP/2 for this one service has no limit on connecting, and a session of it holds the process. */
class KinesisOverHttp1 extends KinesisClient {
  constructor(config: ReturnType<typeof clientConfig>) {
    super({ ...config, requestHandler: new NodeHttpHandler(config.requestHandler) });
  }
}

const gone = answering(GONE, 'ResourceNotFoundException');

const STREAM: Question<KinesisClient> = {
  action: 'kinesis:DescribeStreamSummary',
  names: ['Name', 'RetentionPeriodHours', 'ShardCount', 'StreamEncryption', 'StreamModeDetails'],
  read: ({ client, id, abortSignal }) =>
    client
      .send(new DescribeStreamSummaryCommand({ StreamName: id }), { abortSignal })
      .then(({ StreamDescriptionSummary: stream }) => streamOf(given(stream, 'stream')))
      .catch(gone),
};

/** At most 50 tags, and as many on one page. */
const TAGS: Question<KinesisClient> = {
  action: 'kinesis:ListTagsForStream',
  names: ['Tags'],
  read: ({ client, id, abortSignal }) =>
    client
      .send(new ListTagsForStreamCommand({ StreamName: id, Limit: 50 }), { abortSignal })
      .then(({ Tags }) => tagsOf(Tags))
      .catch(gone),
};

export const kinesisStreams = serviceReader({
  type: 'AWS::Kinesis::Stream',
  client: KinesisOverHttp1,
  questions: [STREAM, TAGS],
  defaults: ({ physicalId }) => ({
    Name: physicalId,
    RetentionPeriodHours: 24,
    ShardCount: 1,
    StreamModeDetails: { StreamMode: 'PROVISIONED' },
  }),
});

const streamOf = (stream: StreamDescriptionSummary): Properties => ({
  Name: stream.StreamName,
  RetentionPeriodHours: stream.RetentionPeriodHours,
  ShardCount: stream.OpenShardCount,
  StreamEncryption:
    stream.EncryptionType === 'KMS' ? { EncryptionType: stream.EncryptionType, KeyId: stream.KeyId } : undefined,
  StreamModeDetails: { StreamMode: stream.StreamModeDetails?.StreamMode ?? 'PROVISIONED' },
});
