import {
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  paginateListSubscriptionsByTopic,
  SNSClient,
  type Subscription,
} from '@aws-sdk/client-sns';
import type { Answer } from '../../../../../aws/answer';
import { answering } from '../../../../../aws/errors';
import { clientConfig } from '../../../../../aws/reader';
import type { LiveRegion } from '../../reading';
import { type Found, GONE } from './parts';
import { everyPage, tagsOf } from './shapes';

type Attributes = Readonly<Record<string, string>>;

/** Topics of a region, each asked once however many resources are told by it; undefined where there is none. */
export class SnsTopics {
  private readonly client: SNSClient;
  private readonly region: LiveRegion;
  private readonly known = new Map<string, Promise<Answer<unknown>>>();

  constructor(region: LiveRegion) {
    this.region = region;
    this.client = new SNSClient(clientConfig(region));
  }

  attributes(TopicArn: string): Promise<Answer<Attributes | undefined>> {
    return this.once('sns:GetTopicAttributes', TopicArn, (abortSignal) =>
      this.client
        .send(new GetTopicAttributesCommand({ TopicArn }), { abortSignal })
        .then(({ Attributes = {} }): Attributes => Attributes)
        .catch(answering(undefined, 'NotFound', 'NotFoundException')),
    );
  }

  subscriptions(TopicArn: string): Promise<Answer<readonly Subscription[] | undefined>> {
    return this.once('sns:ListSubscriptionsByTopic', TopicArn, (abortSignal) =>
      everyPage(
        paginateListSubscriptionsByTopic({ client: this.client }, { TopicArn }, { abortSignal }),
        ({ Subscriptions }) => Subscriptions,
      ).catch(answering(undefined, 'NotFound', 'NotFoundException')),
    );
  }

  tags(ResourceArn: string): Promise<Answer<Found>> {
    return this.once('sns:ListTagsForResource', ResourceArn, (abortSignal) =>
      this.client
        .send(new ListTagsForResourceCommand({ ResourceArn }), { abortSignal })
        .then(({ Tags }): Found => tagsOf(Tags))
        .catch(answering(GONE, 'ResourceNotFound', 'ResourceNotFoundException')),
    );
  }

  close(): void {
    this.client.destroy();
  }

  private once<T>(action: string, arn: string, read: (signal: AbortSignal) => Promise<T>): Promise<Answer<T>> {
    const key = `${action} ${arn}`;
    const asked = (this.known.get(key) as Promise<Answer<T>> | undefined) ?? this.region.ask(action, read);
    this.known.set(key, asked);
    return asked;
  }
}
