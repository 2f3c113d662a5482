import { asList, asString, isRecord, tagOf, type Resource, type TemplateSet } from '../templates/template-set';

export const HOT_TIERS = ['edge', 'media', 'stt', 'llm', 'tts'] as const;

export type HotTier = (typeof HOT_TIERS)[number];

/** Where a piece of the hot path runs, as far as the templates prove it. */
export interface Placement {
  readonly resource: Resource;
  /** AZ id the resource says it belongs to, by its `voicecell:cell` tag. */
  readonly cell: string | undefined;
  readonly tier: HotTier;
  /** AZ ids of the subnets it can run in; undefined stands for one that cannot be resolved. */
  readonly azIds: readonly (string | undefined)[];
}

/** Whatever of the hot path runs somewhere, with the AZ ids it can run in. */
export function placementsOf(set: TemplateSet): readonly Placement[] {
  return set.resources.flatMap((resource) => {
    const tier = HOT_TIERS.find((name) => name === tagOf(resource, 'voicecell:tier'));
    const azIds = tier ? azIdsOf(set, resource) : undefined;
    return tier && azIds ? [{ resource, cell: tagOf(resource, 'voicecell:cell'), tier, azIds }] : [];
  });
}

/** Types that run a hot tier in a place the templates do not prove. */
const UNPROVEN: ReadonlySet<string> = new Set([
  'AWS::EC2::EC2Fleet',
  'AWS::EC2::SpotFleet',
  'AWS::ECS::TaskSet',
  'AWS::ElasticLoadBalancing::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::Lambda::Function',
  'AWS::SageMaker::Endpoint',
]);

function azIdsOf(set: TemplateSet, resource: Resource): readonly (string | undefined)[] | undefined {
  switch (resource.type) {
    case 'AWS::AutoScaling::AutoScalingGroup':
      return azIdsOfGroup(set, resource);
    case 'AWS::ECS::Service':
      return azIdsOfService(set, resource);
    case 'AWS::EC2::CapacityReservation':
      return [asString(resource.properties['AvailabilityZoneId'])];
    case 'AWS::EC2::Instance':
      return [azIdOfSubnet(set, resource, resource.properties['SubnetId'])];
    default:
      return UNPROVEN.has(resource.type) ? [undefined] : undefined;
  }
}

function azIdsOfGroup(set: TemplateSet, group: Resource): readonly (string | undefined)[] {
  const subnets = asList(group.properties['VPCZoneIdentifier']).map((subnet) => azIdOfSubnet(set, group, subnet));
  const zoneIds = asList(group.properties['AvailabilityZoneIds']).map(asString);
  // A name is another zone in every account.
  const zoneNames = asList(group.properties['AvailabilityZones']).map(() => undefined);
  return atLeastOne([...subnets, ...zoneIds, ...zoneNames, ...azIdsOfTemplates(set, group)]);
}

/** Interfaces of a launch template may name a subnet of their own, which wins over the group's. */
const azIdsOfTemplates = (set: TemplateSet, group: Resource): readonly (string | undefined)[] =>
  launchTemplatesOf(set, group).flatMap((template) => {
    const data = template.properties['LaunchTemplateData'];
    const interfaces = isRecord(data) ? asList(data['NetworkInterfaces']).filter(isRecord) : [];
    const placement = isRecord(data) && isRecord(data['Placement']) ? data['Placement'] : {};
    return [
      ...interfaces
        .filter((entry) => entry['SubnetId'] !== undefined)
        .map((entry) => azIdOfSubnet(set, template, entry['SubnetId'])),
      ...(placement['AvailabilityZone'] === undefined ? [] : [undefined]),
      ...(placement['AvailabilityZoneId'] === undefined ? [] : [asString(placement['AvailabilityZoneId'])]),
    ];
  });

function launchTemplatesOf(set: TemplateSet, group: Resource): readonly Resource[] {
  const mixed = group.properties['MixedInstancesPolicy'];
  const launch = isRecord(mixed) && isRecord(mixed['LaunchTemplate']) ? mixed['LaunchTemplate'] : {};
  const specifications = [
    group.properties['LaunchTemplate'],
    launch['LaunchTemplateSpecification'],
    ...asList(launch['Overrides']).map((override) =>
      isRecord(override) ? override['LaunchTemplateSpecification'] : undefined,
    ),
  ].filter(isRecord);
  return specifications.flatMap((specification) => {
    const { LaunchTemplateId: id, LaunchTemplateName: name } = specification;
    return (
      set.resolve(group.stack, id) ?? named(set, group, 'AWS::EC2::LaunchTemplate', 'LaunchTemplateName', name) ?? []
    );
  });
}

/** On the host's network a service runs where its instances do; on its own interfaces it runs where their subnets are, too. */
function azIdsOfService(set: TemplateSet, service: Resource): readonly (string | undefined)[] {
  const network = azIdsOfNetwork(set, service);
  const hasStrategy = asList(service.properties['CapacityProviderStrategy']).length > 0;
  return network.length > 0 && !hasStrategy ? network : [...network, ...azIdsOfCapacity(set, service)];
}

function azIdsOfNetwork(set: TemplateSet, service: Resource): readonly (string | undefined)[] {
  const network = service.properties['NetworkConfiguration'];
  const vpc = isRecord(network) ? network['AwsvpcConfiguration'] : undefined;
  return isRecord(vpc) ? atLeastOne(asList(vpc['Subnets']).map((subnet) => azIdOfSubnet(set, service, subnet))) : [];
}

/** A service on the host's network runs where the instances of its capacity providers run. */
function azIdsOfCapacity(set: TemplateSet, service: Resource): readonly (string | undefined)[] {
  const strategy = asList(service.properties['CapacityProviderStrategy']);
  return atLeastOne(
    strategy.flatMap((item) => {
      const provider = isRecord(item) ? providerOf(set, service, item['CapacityProvider']) : undefined;
      const group = provider ? groupOf(set, provider) : undefined;
      return group ? azIdsOfGroup(set, group) : [undefined];
    }),
  );
}

const providerOf = (set: TemplateSet, service: Resource, value: unknown): Resource | undefined =>
  set.resolve(service.stack, value) ?? named(set, service, 'AWS::ECS::CapacityProvider', 'Name', value);

function groupOf(set: TemplateSet, provider: Resource): Resource | undefined {
  const settings = provider.properties['AutoScalingGroupProvider'];
  const value = isRecord(settings) ? settings['AutoScalingGroupArn'] : undefined;
  const type = 'AWS::AutoScaling::AutoScalingGroup';
  return set.resolve(provider.stack, value) ?? named(set, provider, type, 'AutoScalingGroupName', value);
}

const named = (
  set: TemplateSet,
  near: Resource,
  type: string,
  property: string,
  value: unknown,
): Resource | undefined =>
  typeof value === 'string'
    ? set.ofType(type).find((other) => other.stack === near.stack && other.properties[property] === value)
    : undefined;

function azIdOfSubnet(set: TemplateSet, near: Resource, value: unknown): string | undefined {
  const subnet = set.resolve(near.stack, value);
  return subnet?.type === 'AWS::EC2::Subnet' ? asString(subnet.properties['AvailabilityZoneId']) : undefined;
}

// An empty list proves nothing, so it counts as one place that is not known.
const atLeastOne = (azIds: readonly (string | undefined)[]): readonly (string | undefined)[] =>
  azIds.length > 0 ? azIds : [undefined];
