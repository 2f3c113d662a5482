import { isRecord, type ResourceBody } from '../../template-set';
import { given, made, type Made, type Serverless } from './made';

type Block = Readonly<Record<string, unknown>>;

/** What an event of a function is made into, by its type; undefined properties are left out. */
type Source = (properties: Block, target: unknown) => { readonly type: string; readonly properties: Block } | undefined;

const mapping: Source = ({ Queue: queue, Stream: stream, ...others }, target) => ({
  type: 'AWS::Lambda::EventSourceMapping',
  properties: given({ EventSourceArn: queue ?? stream, FunctionName: target, ...others }),
});

const rule: Source = (properties, target) => {
  const {
    Pattern: pattern,
    EventBusName: bus,
    Schedule: schedule,
    Enabled: enabled,
    State: state,
    Name: name,
  } = properties;
  return {
    type: 'AWS::Events::Rule',
    properties: given({
      Name: name,
      EventPattern: pattern,
      ScheduleExpression: schedule,
      EventBusName: bus,
      State: state ?? (enabled === false ? 'DISABLED' : undefined),
      Targets: [{ Arn: target, Id: 'Target' }],
    }),
  };
};

const SOURCES: Readonly<Record<string, Source>> = {
  SQS: mapping,
  Kinesis: mapping,
  DynamoDB: mapping,
  MSK: mapping,
  MQ: mapping,
  DocumentDB: mapping,
  SelfManagedKafka: mapping,
  Schedule: rule,
  EventBridgeRule: rule,
  CloudWatchEvent: rule,
  ScheduleV2: ({ ScheduleExpression: schedule, State: state }, target) => ({
    type: 'AWS::Scheduler::Schedule',
    properties: given({ ScheduleExpression: schedule, State: state, Target: { Arn: target } }),
  }),
  SNS: ({ Topic: topic, FilterPolicy: filter, Region: region }, target) => ({
    type: 'AWS::SNS::Subscription',
    properties: given({ TopicArn: topic, Protocol: 'lambda', Endpoint: target, FilterPolicy: filter, Region: region }),
  }),
  CloudWatchLogs: ({ LogGroupName: group, FilterPattern: pattern }, target) => ({
    type: 'AWS::Logs::SubscriptionFilter',
    properties: given({ LogGroupName: group, FilterPattern: pattern, DestinationArn: target }),
  }),
};

/** Events that come through an API, which is made for itself. */
const OF_APIS: ReadonlySet<string> = new Set(['Api', 'HttpApi']);

/** Event sources of a function or state machine. */
export function eventsOf(serverless: Serverless, target: unknown): Made {
  const { id, properties } = serverless;
  const events = Object.entries(isRecord(properties['Events']) ? properties['Events'] : {});
  const limits: string[] = [];
  const resources: [string, ResourceBody][] = [];
  for (const [name, event] of events) {
    const type = isRecord(event) ? String(event['Type']) : 'of no kind';
    const own = isRecord(event) && isRecord(event['Properties']) ? event['Properties'] : {};
    const source = Object.hasOwn(SOURCES, type) ? SOURCES[type]?.(own, target) : undefined;
    if (source) resources.push([`${id}${name}`, made(serverless, source.type, source.properties)]);
    else if (!OF_APIS.has(type))
      limits.push(`event ${name} (${type}) of ${id} is not expanded: what it would make is not judged`);
  }
  return { resources: Object.fromEntries(resources), limits };
}

/** Whether a function is reached through the API that SAM makes where none is named. */
export const usesImplicit = ({ properties }: Serverless, kind: 'Api' | 'HttpApi'): boolean =>
  Object.values(isRecord(properties['Events']) ? properties['Events'] : {}).some((event) => {
    const own = isRecord(event) && isRecord(event['Properties']) ? event['Properties'] : {};
    return isRecord(event) && event['Type'] === kind && !('RestApiId' in own) && !('ApiId' in own);
  });
