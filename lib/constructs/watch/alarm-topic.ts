import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { RegionPlan } from '../../../regions/plan/types';
import { tag } from '../../tags';

export interface AlarmTopicProps {
  readonly plan: RegionPlan;
  readonly topicName: string;
  /** Its policy must let CloudWatch and EventBridge use it. */
  readonly key: IKey;
}

/** Where alarms and compliance alerts of a region go: encrypted, TLS only, published to by AWS services of this account. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { plan, topicName, key }: AlarmTopicProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { topicName, masterKey: key, enforceSSL: true });
    this.topic.addToResourcePolicy(this.publish('CloudWatchAlarms', 'cloudwatch.amazonaws.com', plan.account));
    // EventBridge sends no source context with what it publishes: a condition would silently drop every alert
    // (EventBridge user guide, "Using resource-based policies"). Only rules of this account may target this topic.
    this.topic.addToResourcePolicy(this.publish('EventBridgeRules', 'events.amazonaws.com'));
    new Subscription(this, 'Email', {
      topic: this.topic,
      protocol: SubscriptionProtocol.EMAIL,
      endpoint: plan.alarmEmail,
    });
    tag(this, { dataClass: 'none' });
  }

  private publish(sid: string, service: string, sourceAccount?: string): PolicyStatement {
    return new PolicyStatement({
      sid,
      principals: [new ServicePrincipal(service)],
      actions: ['sns:Publish'],
      resources: [this.topic.topicArn],
      conditions: sourceAccount === undefined ? {} : { StringEquals: { 'aws:SourceAccount': sourceAccount } },
    });
  }
}
