import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { RegionPlan } from '../../../regions/plan/types';
import type { Alert } from './alerts';

export interface AlertRuleProps {
  readonly plan: RegionPlan;
  readonly topic: ITopic;
  readonly alert: Alert;
}

/**
 * Sends one sentence about an API call that CloudTrail saw to the topic: what was done, to what, by which role. The
 * session name, which may be a person's address, the source address and object keys stay in the trail; the event id finds them.
 */
export class AlertRule extends Construct {
  constructor(scope: Construct, id: string, { plan, topic, alert }: AlertRuleProps) {
    super(scope, id);
    new CfnRule(this, 'Rule', {
      description: `${plan.deployment}: ${alert.what}`,
      state: alert.state ?? 'ENABLED',
      eventPattern: {
        source: [alert.source],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: { eventName: alert.eventNames, ...alert.where },
      },
      targets: [{ id: 'Topic', arn: topic.topicArn, inputTransformer: inputTransformer(plan, alert) }],
    });
  }
}

/** A path that an event does not have leaves its word out of the sentence. */
const inputTransformer = (plan: RegionPlan, alert: Alert): CfnRule.InputTransformerProperty => ({
  inputPathsMap: {
    region: '$.region',
    event: '$.detail.eventName',
    subject: alert.subjectPath,
    identity: '$.detail.userIdentity.type',
    role: '$.detail.userIdentity.sessionContext.sessionIssuer.userName',
    error: '$.detail.errorCode',
    time: '$.detail.eventTime',
    id: '$.detail.eventID',
  },
  inputTemplate: JSON.stringify(
    `voicecell ${plan.deployment} <region>: ${alert.what}. <event> on <subject> by <identity> <role> at <time>. ` +
      'Refused with: <error>. CloudTrail event <id>.',
  ),
});
