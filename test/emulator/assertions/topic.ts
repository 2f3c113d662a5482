import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand, ListTopicsCommand } from '@aws-sdk/client-sns';
import { copiesTopicArn, topicArn } from '../../../lib/constructs/records/arns';
import type { RegionPlan } from '../../../regions/plan/types';
import type { Region } from './aws';
import { type Check, check } from './check';
import { keyArn } from './key-arn';
import { statementsOf } from './policy';

interface PlannedTopic {
  readonly name: string;
  readonly arn: string;
  readonly keyAlias: string;
  readonly reader: string;
}

/** The topic of the region's alarms: encrypted, read by the planned address, written to by alarms and event rules. */
export const topicChecks = (plan: RegionPlan, region: Region): Check[] =>
  checksOf(
    { name: plan.names.topic, arn: topicArn(plan), keyAlias: plan.names.keyAliases.topic, reader: plan.alarmEmail },
    region,
  );

/** The same of the topic beside the copies. */
export const copiesTopicChecks = (plan: RegionPlan, region: Region): Check[] => {
  const { copiesTopic: name, keyAliases } = plan.names;
  const planned = { name, arn: copiesTopicArn(plan), keyAlias: keyAliases.copiesTopic, reader: plan.alarmEmail };
  return checksOf(planned, region);
};

function checksOf({ name, arn, keyAlias, reader }: PlannedTopic, region: Region): Check[] {
  const TopicArn = arn;
  const attributes = async () => (await region.sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes ?? {};
  return [
    check(`topic ${name}: exists once`, [arn], async () => {
      const { Topics = [] } = await region.sns.send(new ListTopicsCommand({}));
      return Topics.map((topic) => topic.TopicArn).filter((one) => one?.endsWith(`:${name}`));
    }),
    check(`topic ${name}: encrypted with the planned key`, true, async () => {
      const key = await keyArn(region, keyAlias);
      const used = (await attributes())['KmsMasterKeyId'];
      return used !== undefined && [key, key.split('/').at(-1)].includes(used);
    }),
    check(`topic ${name}: who may publish`, PUBLISHERS, async () => publishersOf((await attributes())['Policy'] ?? '')),
    check(`topic ${name}: who reads`, [`email ${reader}`], async () => {
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
