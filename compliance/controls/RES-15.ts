import { isKnown } from '../templates/evaluate';
import { isRecord, type Resource } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { verdict } from './shared/flaws';
import { parsed } from './shared/identity-policies';
import { judgeWays, leaving, type Way } from './shared/places';
import { RESIDENCY } from './shared/residency';

export const RES_15: Control = {
  id: 'RES-15',
  title: 'Logs, metrics, traces and events go only to regions of the declared jurisdiction, and to no vendor.',
  citations: RESIDENCY,
  severity: 'error',
  sources: ['L'],
  checkedOn: '2026-11-22',
  builds: 'Log groups, metrics and alerts of the own region; nothing that forwards them.',
  onTemplate:
    'Links, centralization rules, subscription filters, streams and event targets end in allowed regions; no delivery stream ends at an HTTP endpoint.',
  live: 'oam:ListLinks; logs:DescribeSubscriptionFilters; observabilityadmin:ListCentralizationRulesForOrganization; firehose:DescribeDeliveryStream',
  check: (evidence) => [
    ...judgeWays(evidence, WAYS),
    ...evidence.ofType('AWS::Logs::AccountPolicy').flatMap((policy) => judgeAccountPolicy(evidence, policy)),
    ...evidence.ofType('AWS::KinesisFirehose::DeliveryStream').map((stream) => judgeStream(evidence, stream)),
  ],
};

const CENTRAL = 'Rule.Destination';

const WAYS: readonly Way[] = [
  { type: 'AWS::Oam::Link', what: 'the sink of its telemetry', paths: ['SinkIdentifier'] },
  { type: 'AWS::Logs::SubscriptionFilter', what: 'the destination of its logs', paths: ['DestinationArn'] },
  { type: 'AWS::Logs::Destination', what: 'the target of its logs', paths: ['TargetArn'] },
  { type: 'AWS::CloudWatch::MetricStream', what: 'the stream of its metrics', paths: ['FirehoseArn'] },
  { type: 'AWS::Events::Rule', what: 'a target of its events', paths: ['Targets.*.Arn'] },
  {
    type: 'AWS::ObservabilityAdmin::OrganizationCentralizationRule',
    what: 'the centre of its logs',
    paths: [
      `${CENTRAL}.Region`,
      `${CENTRAL}.DestinationLogsConfiguration.BackupConfiguration.Region`,
      `${CENTRAL}.DestinationMetricsConfiguration.BackupConfiguration.Region`,
    ],
  },
];

/** A subscription filter of all log groups of an account. */
function judgeAccountPolicy(evidence: Evidence, policy: Resource): readonly Judgement[] {
  const type = evidence.at(policy, 'PolicyType');
  if (isKnown(type) && type !== 'SUBSCRIPTION_FILTER_POLICY') return [];
  const document = parsed(evidence.at(policy, 'PolicyDocument'));
  const destination = isRecord(document) ? document['DestinationArn'] : undefined;
  const flaws = leaving(evidence, 'the destination of all logs', destination);
  return [verdict(policy, flaws, 'the destination of all logs is in an allowed region')];
}

/** Destinations that are somebody else's, wherever their servers are. */
const OUTSIDE = [
  'HttpEndpointDestinationConfiguration',
  'SplunkDestinationConfiguration',
  'SnowflakeDestinationConfiguration',
] as const;

function judgeStream(evidence: Evidence, stream: Resource): Judgement {
  const found = OUTSIDE.map((name) => [name, evidence.at(stream, name)] as const);
  const there = found.find(([, destination]) => isRecord(destination));
  if (there) return unmet(stream, `${there[0]} takes what it carries to a vendor; deliver to a bucket of the region`);
  const unread = found.find(([, destination]) => destination !== undefined);
  return unread
    ? unclear(stream, `${unread[0]} may be there: it cannot be read; leave it out`)
    : met(stream, 'it delivers inside AWS');
}
