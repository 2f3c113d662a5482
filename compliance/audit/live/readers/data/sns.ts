import type { Subscription } from '@aws-sdk/client-sns';
import { mapAnswer } from '../../../../../aws/answer';
import { asList, isRecord } from '../../../../templates/template-set';
import type { Beside, Deployed, LiveReader, Reading } from '../../reading';
import { type Found, GONE, type Properties, readingOf } from './parts';
import { SnsTopics } from './sns-topics';
import { documentOf } from './shapes';

/** One reader for three types: the policy and the subscriptions are told by the topic. */
export const sns: LiveReader = {
  types: ['AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'AWS::SNS::Subscription'],
  actions: ['sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic', 'sns:ListTagsForResource'],
  read: async (deployed, region) => {
    const topics = new SnsTopics(region);
    const readings = await Promise.all(
      deployed.map((one) => {
        if (one.resource.type === 'AWS::SNS::Topic') return readTopic(one, topics, deployed);
        return one.resource.type === 'AWS::SNS::TopicPolicy'
          ? readPolicy(one, topics, deployed)
          : readSubscription(one, topics);
      }),
    );
    topics.close();
    return readings;
  },
};

const TOPIC = ['DisplayName', 'FifoTopic', 'KmsMasterKeyId', 'TopicName'];

async function readTopic(one: Deployed, topics: SnsTopics, all: readonly Deployed[]): Promise<Reading> {
  const arn = one.physicalId;
  const [attributes, tags, subscriptions] = await Promise.all([
    topics.attributes(arn),
    topics.tags(arn),
    topics.subscriptions(arn),
  ]);
  const answer = mapAnswer(attributes, (found): Found => (found ? topicOf(arn, found) : GONE));
  const defaults = { TopicName: nameOf(arn), FifoTopic: false };
  const reading = readingOf(
    one,
    [
      { names: TOPIC, answer },
      { names: ['Tags'], answer: tags },
    ],
    defaults,
  );
  const strangers = subscriptions.known ? (subscriptions.value ?? []).filter((found) => !isWritten(found, all)) : [];
  const unread = [
    ...(reading.unread ?? []),
    // Whoever else is told is no property of the topic.
    ...(subscriptions.known ? [] : [{ properties: [], action: subscriptions.action, why: subscriptions.why }]),
  ];
  return {
    ...reading,
    ...(unread.length > 0 && { unread }),
    ...(strangers.length > 0 && { beside: strangers.map(besideOf) }),
  };
}

const nameOf = (arn: string): string => arn.split(':').at(-1) ?? '';

const topicOf = (arn: string, attributes: Readonly<Record<string, string>>): Properties => ({
  TopicName: nameOf(arn),
  KmsMasterKeyId: attributes['KmsMasterKeyId'],
  DisplayName: attributes['DisplayName'],
  FifoTopic: attributes['FifoTopic'] === 'true',
});

const isWritten = (found: Subscription, all: readonly Deployed[]): boolean =>
  all.some((one) => one.resource.type === 'AWS::SNS::Subscription' && isSame(found, one));

const besideOf = ({ Protocol = '', Endpoint = '', TopicArn }: Subscription): Beside => ({
  type: 'AWS::SNS::Subscription',
  id: `${Protocol}:${Endpoint}`,
  properties: { Protocol, Endpoint, TopicArn },
});

/** Until it is confirmed, a subscription is listed without its ARN. */
function isSame({ SubscriptionArn, TopicArn, Protocol, Endpoint }: Subscription, one: Deployed): boolean {
  if (SubscriptionArn?.startsWith('arn:')) return SubscriptionArn === one.physicalId;
  const { Protocol: protocol, Endpoint: endpoint } = one.resource.properties;
  return topicOfSubscription(one) === TopicArn && protocol === Protocol && endpoint === Endpoint;
}

const topicOfSubscription = ({ physicalId }: Deployed): string => physicalId.split(':').slice(0, -1).join(':');

async function readSubscription(one: Deployed, topics: SnsTopics): Promise<Reading> {
  const subscriptions = await topics.subscriptions(topicOfSubscription(one));
  const answer = mapAnswer(subscriptions, (all = []): Found => {
    const found = all.find((candidate) => isSame(candidate, one));
    return found ? { Endpoint: found.Endpoint, Protocol: found.Protocol, TopicArn: found.TopicArn } : GONE;
  });
  return readingOf(one, [{ names: ['Endpoint', 'Protocol', 'TopicArn'], answer }], {});
}

/** CloudFormation's id of it says nothing of its topic; its template does. */
async function readPolicy(one: Deployed, topics: SnsTopics, all: readonly Deployed[]): Promise<Reading> {
  const Topics = asList(one.resource.properties['Topics']).flatMap((topic) => arnOf(topic, one, all));
  const [arn] = Topics;
  if (arn === undefined) return { deployed: one, properties: {} };
  const attributes = await topics.attributes(arn);
  const answer = mapAnswer(attributes, (found): Found =>
    found ? { Topics, PolicyDocument: documentOf(found['Policy']) } : GONE,
  );
  return readingOf(one, [{ names: ['PolicyDocument', 'Topics'], answer }], {});
}

function arnOf(topic: unknown, { resource }: Deployed, all: readonly Deployed[]): string[] {
  if (typeof topic === 'string') return [topic];
  const logicalId = isRecord(topic) ? topic['Ref'] : undefined;
  return all
    .filter((one) => one.resource.stack === resource.stack && one.resource.logicalId === logicalId)
    .map(({ physicalId }) => physicalId);
}
