import { isKnown } from '../../templates/evaluate';
import { asList, isRecord, type Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { perResource } from './memo';
import { CELL_TAG, tagValue } from './tags';

/** A metric an alarm looks at. */
export interface Watched {
  readonly name: unknown;
  /** Dimension → value. */
  readonly dimensions: ReadonlyMap<string, unknown>;
  /** Groups of nodes and capacity providers among these values. */
  readonly fleets: ReadonlySet<Resource>;
}

/** Metrics of an alarm, of its expressions too, of the names that are wanted. */
export const metricsOf = (evidence: Evidence, alarm: Resource, wants: (name: unknown) => boolean): readonly Watched[] =>
  [
    evidence.properties(alarm),
    ...evidence
      .list(alarm, 'Metrics')
      .flatMap(({ MetricStat: stat }) => (isRecord(stat) && isRecord(stat['Metric']) ? [stat['Metric']] : [])),
  ]
    .filter(({ MetricName: name }) => name !== undefined && wants(name))
    .map(({ MetricName: name, Dimensions: written }) => {
      const dimensions = dimensionsIn(written);
      return { name, dimensions, fleets: new Set([...dimensions.values()].flatMap((one) => fleetsBy(evidence, one))) };
    });

const fleetsBy = (evidence: Evidence, value: unknown): readonly Resource[] => [
  ...called(evidence, value, GROUP),
  ...called(evidence, value, PROVIDER),
];

const dimensionsIn = (dimensions: unknown): ReadonlyMap<string, unknown> =>
  new Map(
    asList(dimensions)
      .filter(isRecord)
      .map(({ Name: name, Value: value }) => [String(name), value]),
  );

/** Whether an alarm tells somebody: an action that is a topic, an incident or an ops item, not only a scaling policy. */
export function tells(evidence: Evidence, alarm: Resource): boolean {
  const enabled = evidence.at(alarm, 'ActionsEnabled');
  return (
    (enabled === undefined || enabled === true || enabled === 'true') &&
    asList(evidence.at(alarm, 'AlarmActions')).some((action) => reachesPeople(evidence, action))
  );
}

const reachesPeople = (evidence: Evidence, action: unknown): boolean =>
  evidence.resourceOf(action, 'AWS::SNS::Topic') !== undefined ||
  (typeof action === 'string' && isKnown(action) && /^arn:[^:]+:(?:sns|ssm|ssm-incidents|lambda):/.test(action));

/** What alarms may name a group of nodes by. */
export interface Fleet {
  readonly group: Resource;
  readonly providers: readonly Resource[];
  readonly services: readonly Resource[];
  readonly cell: unknown;
}

export function fleetOf(evidence: Evidence, group: Resource): Fleet {
  const isBeside = ({ stack }: Resource): boolean => stack.region === group.stack.region;
  const providers = evidence
    .ofType(PROVIDER)
    .filter((provider) => isBeside(provider) && groupsOf(evidence, provider).includes(group));
  const services = evidence
    .ofType('AWS::ECS::Service')
    .filter((service) => isBeside(service) && providersOf(evidence, service).some((one) => providers.includes(one)));
  return { group, providers, services, cell: tagValue(evidence, group, CELL_TAG) };
}

const PROVIDER = 'AWS::ECS::CapacityProvider';

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';

const groupsOf = perResource((evidence, provider) => {
  const arn = evidence.at(provider, 'AutoScalingGroupProvider.AutoScalingGroupArn');
  return typeof arn === 'string' ? evidence.allOf(arn, GROUP) : [];
});

const providersOf = perResource((evidence, service) =>
  evidence
    .list(service, 'CapacityProviderStrategy')
    .flatMap(({ CapacityProvider: name }) => called(evidence, name, PROVIDER)),
);

/** By the group, its capacity provider or its service within its cluster; calls of a cell by the cell. */
export function isAbout(evidence: Evidence, metric: Watched, fleet: Fleet, byCell: boolean): boolean {
  const { dimensions, fleets } = metric;
  const { group, providers, services, cell } = fleet;
  if (fleets.has(group) || providers.some((provider) => fleets.has(provider))) return true;
  if (byCell && cell !== undefined && [...dimensions.values()].includes(cell)) return true;
  const [service, cluster] = [dimensions.get('ServiceName'), dimensions.get('ClusterName')];
  return services.some(
    (one) =>
      (service === evidence.at(one, 'ServiceName') || isCalled(evidence, service, one)) &&
      service !== undefined &&
      isSameCluster(evidence, cluster, evidence.at(one, 'Cluster')),
  );
}

const called = (evidence: Evidence, value: unknown, type: string): readonly Resource[] =>
  typeof value === 'string' && isKnown(value) ? evidence.allOf(value, type) : [];

const isCalled = (evidence: Evidence, value: unknown, resource: Resource): boolean =>
  typeof value === 'string' && isKnown(value) && evidence.denotes(value, resource);

function isSameCluster(evidence: Evidence, named: unknown, run: unknown): boolean {
  const cluster = evidence.resourceOf(run, 'AWS::ECS::Cluster');
  return named === run || (cluster !== undefined && isCalled(evidence, named, cluster));
}
