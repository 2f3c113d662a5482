import { isKnown, UNKNOWN } from '../../templates/evaluate';
import { asList, isRecord, type Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';

type LaunchData = Readonly<Record<string, unknown>>;

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';

/** What runs instances: groups, and instances by themselves. */
export const nodesOf = (evidence: Evidence): readonly Resource[] => evidence.ofType(GROUP, 'AWS::EC2::Instance');

/** What instances are launched with, one entry per template; undefined stands for one that cannot be read. */
export function launchDataOf(evidence: Evidence, node: Resource): readonly (LaunchData | undefined)[] {
  const own = node.type === GROUP ? [] : [evidence.properties(node)];
  const specifications = [
    evidence.at(node, 'LaunchTemplate'),
    evidence.at(node, `${MIXED}.LaunchTemplateSpecification`),
    ...asList(evidence.at(node, `${MIXED}.Overrides`)).map((item) => partOf(item, 'LaunchTemplateSpecification')),
  ].filter((specification) => specification !== undefined);
  const configuration = evidence.at(node, 'LaunchConfigurationName');
  const found = [
    ...own,
    ...specifications.map((specification) => templateData(evidence, specification)),
    ...(configuration === undefined ? [] : [configurationData(evidence, configuration)]),
  ];
  return found.length > 0 ? found : [undefined];
}

const MIXED = 'MixedInstancesPolicy.LaunchTemplate';

function templateData(evidence: Evidence, specification: unknown): LaunchData | undefined {
  const names = [partOf(specification, 'LaunchTemplateId'), partOf(specification, 'LaunchTemplateName')];
  const template = names.map((name) => evidence.resourceOf(name, 'AWS::EC2::LaunchTemplate')).find(Boolean);
  const data = template && evidence.at(template, 'LaunchTemplateData');
  return isRecord(data) ? data : undefined;
}

function configurationData(evidence: Evidence, name: unknown): LaunchData | undefined {
  const configuration = evidence.resourceOf(name, 'AWS::AutoScaling::LaunchConfiguration');
  return configuration && evidence.properties(configuration);
}

/** Instance types a node may have. */
export function instanceTypesOf(evidence: Evidence, node: Resource): readonly unknown[] {
  const launched = launchDataOf(evidence, node).map((data) => (data ? data['InstanceType'] : UNKNOWN));
  const overridden = asList(evidence.at(node, `${MIXED}.Overrides`)).map((item) => partOf(item, 'InstanceType'));
  return [...launched, ...overridden].filter((type) => type !== undefined);
}

/** Subnets a node may stand in; undefined stands for one that is not on the templates. */
export function subnetsOf(evidence: Evidence, node: Resource): readonly (Resource | undefined)[] {
  const given = node.type === GROUP ? evidence.at(node, 'VPCZoneIdentifier') : subnetsOfInstance(evidence, node);
  const values = Array.isArray(given) && given.length > 0 ? given : [UNKNOWN];
  return values.map((value: unknown) => evidence.resourceOf(value, 'AWS::EC2::Subnet'));
}

const subnetsOfInstance = (evidence: Evidence, instance: Resource): readonly unknown[] =>
  [
    evidence.at(instance, 'SubnetId'),
    ...asList(evidence.at(instance, 'NetworkInterfaces')).map((one) => partOf(one, 'SubnetId')),
  ].filter((subnet) => subnet !== undefined);

/** Subnets whose route table leads to an internet gateway. */
export function publicSubnets(evidence: Evidence): ReadonlySet<Resource> {
  const tableOf = (resource: Resource): Resource | undefined =>
    evidence.resourceOf(evidence.at(resource, 'RouteTableId'), 'AWS::EC2::RouteTable');
  const routes = evidence.ofType('AWS::EC2::Route').filter((route) => leadsOutside(evidence, route));
  const tables = new Set(routes.map(tableOf));
  const subnets = evidence
    .ofType('AWS::EC2::SubnetRouteTableAssociation')
    .filter((link) => isIn(tables, tableOf(link)))
    .map((link) => evidence.resourceOf(evidence.at(link, 'SubnetId'), 'AWS::EC2::Subnet'));
  return new Set(subnets.filter((subnet) => subnet !== undefined));
}

/** A table that is not on the templates is none of them. */
const isIn = <T>(all: ReadonlySet<T>, one: T): boolean => one !== undefined && all.has(one);

function leadsOutside(evidence: Evidence, route: Resource): boolean {
  const gateway = evidence.at(route, 'GatewayId');
  if (typeof gateway !== 'string' || !isKnown(gateway)) return false;
  return gateway.startsWith('igw-') || evidence.resourceOf(gateway, 'AWS::EC2::InternetGateway') !== undefined;
}

const partOf = (item: unknown, key: string): unknown => (isRecord(item) ? item[key] : item);
