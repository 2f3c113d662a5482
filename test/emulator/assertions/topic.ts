import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand, ListTopicsCommand } from '@aws-sdk/client-sns';
import type { RegionPlan } from '../../../regions/plan/types';
import type { Region } from './aws';
import { type Check, check } from './check';
import { keyArn } from './key-arn';
import { statementsOf } from './policy';

export const topicArn = ({ partition, region, account, names }: RegionPlan): string =>
  `arn:${partition}:sns:${region}:${account}:${names.topic}`;

/** The topic: encrypted, read by the planned address, written to by alarms and event rules. */
export function topicChecks(plan: RegionPlan, region: Region): Check[] {
  const TopicArn = topicArn(plan);
  const attributes = async () => (await region.sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes ?? {};
  return [
    check(`topic ${plan.names.topic}: exists once`, [TopicArn], async () => {
      const { Topics = [] } = await region.sns.send(new ListTopicsCommand({}));
      return Topics.map((topic) => topic.TopicArn).filter((arn) => arn?.endsWith(`:${plan.names.topic}`));
    }),
    check(`topic ${plan.names.topic}: encrypted with the planned key`, true, async () => {
      const key = await keyArn(region, plan.names.keyAliases.topic);
      const used = (await attributes())['KmsMasterKeyId'];
      return used !== undefined && [key, key.split('/').at(-1)].includes(used);
    }),
    check(`topic ${plan.names.topic}: who may publish`, PUBLISHERS, async () =>
      publishersOf((await attributes())['Policy'] ?? ''),
    ),
    check(`topic ${plan.names.topic}: who reads`, [`email ${plan.alarmEmail}`], async () => {
      const answer = await region.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
      return answer.Subscriptions?.map(({ Protocol, Endpoint }) => `${Protocol} ${Endpoint}`);
    }),
  ];
}

const PUBLISHERS = ['cloudwatch.amazonaws.com', 'events.amazonaws.com'];

const publishersOf = (policy: string): string[] =>
  statementsOf(policy)
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ principal }) => (principal as { readonly Service?: string | string[] }).Service ?? 'somebody else')
    .toSorted();
