import { Construct } from 'constructs';
import type { RegionPlan } from '../../../regions/plan/types';
import { copiesTopicArn } from '../records/arns';
import { GuardedKey } from '../records/guarded-key';
import type { Guardians } from '../records/guardians';
import { topicKeyGrants } from '../records/service-grants';
import { AlarmTopic } from '../watch/alarm-topic';
import { AlertRule } from './alert-rule';
import { copiesAlertsOf } from './alerts';

export interface CopiesAlertsProps {
  readonly plan: RegionPlan;
  readonly guardians: Guardians;
}

/** Tells somebody when copies, their locks or their keys change in a region that has no guard: a topic, its key and rules. */
export class CopiesAlerts extends Construct {
  constructor(scope: Construct, id: string, { plan, guardians }: CopiesAlertsProps) {
    super(scope, id);
    const { keyAliases, copiesTopic: topicName, prefix } = plan.names;
    const { key } = new GuardedKey(this, 'TopicKey', {
      alias: keyAliases.copiesTopic,
      description: `${prefix} copies topic`,
      dataClass: 'none',
      guardians,
      grants: topicKeyGrants(copiesTopicArn(plan), plan.account),
    });
    const { topic } = new AlarmTopic(this, 'AlertTopic', { plan, topicName, key });
    for (const alert of copiesAlertsOf(plan)) new AlertRule(this, alert.id, { plan, topic, alert });
  }
}
