import {
  EventBridgeClient,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  type Rule,
} from '@aws-sdk/client-eventbridge';
import { answering } from '../../../../../aws/errors';
import type { LiveRegion } from '../../reading';
import { GONE, type Properties } from './parts';
import { type Listing, type Question, serviceReader } from './service-reader';
import { documentOf, everyToken, picked, tagsOf, tidy } from './shapes';

const gone = answering(GONE, 'ResourceNotFoundException');

const RULES: Listing<EventBridgeClient> = {
  action: 'events:ListRules',
  names: ['Description', 'EventPattern', 'Name', 'RoleArn', 'ScheduleExpression', 'State'],
  list: async ({ client, abortSignal }) => {
    const rules = await everyToken(
      (NextToken) => client.send(new ListRulesCommand({ NextToken }), { abortSignal }),
      (page) => page.Rules,
    );
    return new Map(rules.map((rule) => [rule.Name ?? '', ruleOf(rule)]));
  },
};

const TARGETS: Question<EventBridgeClient> = {
  action: 'events:ListTargetsByRule',
  names: ['Targets'],
  read: ({ client, id, abortSignal }) =>
    everyToken(
      (NextToken) => client.send(new ListTargetsByRuleCommand({ Rule: id, NextToken }), { abortSignal }),
      (page) => page.Targets,
    )
      .then((targets) => ({ Targets: tidy(targets) }))
      .catch(gone),
};

const TAGS: Question<EventBridgeClient> = {
  action: 'events:ListTagsForResource',
  names: ['Tags'],
  read: ({ client, id, region, abortSignal }) =>
    client
      .send(new ListTagsForResourceCommand({ ResourceARN: arnOf(id, region) }), { abortSignal })
      .then(({ Tags }) => tagsOf(Tags))
      .catch(gone),
};

/** Rules of the default bus, on which the services of AWS speak. */
export const eventRules = serviceReader({
  type: 'AWS::Events::Rule',
  client: EventBridgeClient,
  listings: [RULES],
  questions: [TARGETS, TAGS],
  defaults: ({ physicalId }) => ({ Name: physicalId, State: 'ENABLED' }),
});

const arnOf = (name: string, { partition, region, account }: LiveRegion): string =>
  `arn:${partition}:events:${region}:${account}:rule/${name}`;

const ruleOf = (rule: Rule): Properties => ({
  ...picked(rule, ['Description', 'Name', 'RoleArn', 'ScheduleExpression', 'State']),
  EventPattern: documentOf(rule.EventPattern),
});
