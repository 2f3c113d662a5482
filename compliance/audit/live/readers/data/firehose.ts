import {
  DescribeDeliveryStreamCommand,
  type DeliveryStreamDescription,
  FirehoseClient,
  ListTagsForDeliveryStreamCommand,
} from '@aws-sdk/client-firehose';
import { answering, given } from '../../../../../aws/errors';
import { GONE, type Properties } from './parts';
import { type Question, serviceReader } from './service-reader';
import { tagsOf, tidy } from './shapes';

const gone = answering(GONE, 'ResourceNotFoundException');

const STREAM: Question<FirehoseClient> = {
  action: 'firehose:DescribeDeliveryStream',
  names: [
    'DeliveryStreamEncryptionConfigurationInput',
    'DeliveryStreamName',
    'DeliveryStreamType',
    'ExtendedS3DestinationConfiguration',
    'KinesisStreamSourceConfiguration',
  ],
  read: ({ client, id, abortSignal }) =>
    client
      .send(new DescribeDeliveryStreamCommand({ DeliveryStreamName: id }), { abortSignal })
      .then(({ DeliveryStreamDescription: stream }) => streamOf(given(stream, 'delivery stream')))
      .catch(gone),
};

/** At most 50 tags, and as many on one page. */
const TAGS: Question<FirehoseClient> = {
  action: 'firehose:ListTagsForDeliveryStream',
  names: ['Tags'],
  read: ({ client, id, abortSignal }) =>
    client
      .send(new ListTagsForDeliveryStreamCommand({ DeliveryStreamName: id, Limit: 50 }), { abortSignal })
      .then(({ Tags }) => tagsOf(Tags))
      .catch(gone),
};

export const deliveryStreams = serviceReader({
  type: 'AWS::KinesisFirehose::DeliveryStream',
  client: FirehoseClient,
  questions: [STREAM, TAGS],
  defaults: ({ physicalId }) => ({ DeliveryStreamName: physicalId, DeliveryStreamType: 'DirectPut' }),
});

function streamOf(stream: DeliveryStreamDescription): Properties {
  const { KinesisStreamARN, RoleARN } = stream.Source?.KinesisStreamSourceDescription ?? {};
  const [destination] = stream.Destinations ?? [];
  const encryption = stream.DeliveryStreamEncryptionConfiguration;
  return {
    DeliveryStreamName: stream.DeliveryStreamName,
    DeliveryStreamType: stream.DeliveryStreamType,
    DeliveryStreamEncryptionConfigurationInput: isOn(encryption?.Status)
      ? tidy({ KeyARN: encryption?.KeyARN, KeyType: encryption?.KeyType })
      : undefined,
    ExtendedS3DestinationConfiguration: tidy(destination?.ExtendedS3DestinationDescription ?? {}),
    KinesisStreamSourceConfiguration: tidy({ KinesisStreamARN, RoleARN }),
  };
}

const isOn = (status: string | undefined): boolean => status === 'ENABLED' || status === 'ENABLING';
