import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { RegionPlan } from '../../../regions/plan/types';
import { bucketEvents, keyEvents } from './alerts';

export interface TrailAlarmsProps {
  readonly plan: RegionPlan;
  readonly topic: ITopic;
}

interface Watch {
  /** PascalCase construct id and metric name. */
  readonly id: string;
  readonly what: string;
  readonly pattern: string;
}

/**
 * What no regional rule can see, read from the home region's trail, which spans all regions: the break-glass role taken
 * through another region's endpoint, IAM (which is global), and stores or keys changed in any other region, also one
 * where neither a guard nor the copies have rules.
 */
export class TrailAlarms extends Construct {
  private readonly props: TrailAlarmsProps;

  constructor(scope: Construct, id: string, props: TrailAlarmsProps) {
    super(scope, id);
    this.props = props;
    for (const watch of watchesOf(props.plan)) this.createAlarm(watch);
  }

  private createAlarm({ id, what, pattern }: Watch): void {
    const { plan, topic } = this.props;
    const metric = { namespace: `${NAMESPACE}/${plan.names.prefix}`, metricName: id };
    new CfnMetricFilter(this, `${id}Filter`, {
      logGroupName: `${plan.names.logGroupPrefix}/trail`,
      filterPattern: pattern,
      metricTransformations: [{ metricNamespace: metric.namespace, metricName: id, metricValue: '1' }],
    });
    new Alarm(this, id, {
      alarmDescription: `${plan.deployment}: ${what}; look for it in the trail`,
      metric: new Metric({ ...metric, statistic: 'Sum', period: Duration.minutes(5) }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(topic));
  }
}

const NAMESPACE = 'VoicecellTrail';

const watchesOf = ({ deployment, region }: RegionPlan): Watch[] => [
  {
    id: 'BreakGlassAssumedAnywhere',
    what: 'somebody took a break-glass role in some region',
    pattern: `{ $.eventName = "AssumeRole*" && $.requestParameters.roleArn = "*:role/${deployment}-*-break-glass" }`,
  },
  {
    id: 'RoleChanged',
    what: 'a role was changed outside CloudFormation',
    pattern: `{ $.eventSource = "iam.amazonaws.com" && $.requestParameters.roleName = "${deployment}-*" && ${anyOf(ROLE_EVENTS)} && ${BY_HAND} }`,
  },
  {
    id: 'BucketChangedElsewhere',
    what: 'a bucket was changed outside CloudFormation in another region',
    pattern: `{ $.awsRegion != "${region}" && $.requestParameters.bucketName = "${deployment}-*" && ${anyOf(bucketEvents)} && ${BY_HAND} }`,
  },
  {
    id: 'KeyChangedElsewhere',
    what: 'a key was changed outside CloudFormation in another region',
    pattern: `{ $.awsRegion != "${region}" && ${anyOf(keyEvents)} && ${BY_HAND} }`,
  },
];

const BY_HAND = '$.sourceIPAddress != "cloudformation.amazonaws.com"';

const ROLE_EVENTS = [
  'AttachRolePolicy',
  'DeleteRole',
  'DeleteRolePolicy',
  'DetachRolePolicy',
  'PutRolePolicy',
  'UpdateAssumeRolePolicy',
  'UpdateRole',
];

const anyOf = (names: readonly string[]): string => `(${names.map((name) => `$.eventName = "${name}"`).join(' || ')})`;
