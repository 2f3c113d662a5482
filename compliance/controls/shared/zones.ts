import { isKnown } from '../../templates/evaluate';
import { asList, isRecord, type Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { tagIn, TIER_TAG, tagValue } from './tags';

/** Parts of a network that must not mix. */
export type Zone = 'call' | 'inference' | 'data';

const ZONE_OF_TIER: Readonly<Record<string, Zone>> = {
  edge: 'call',
  media: 'call',
  stt: 'inference',
  llm: 'inference',
  tts: 'inference',
  inference: 'inference',
  data: 'data',
};

/** Where a resource says that it belongs, by its own tag or by what it gives the instances it launches. */
export function zoneOf(evidence: Evidence, resource: Resource): Zone | undefined {
  const tier = tagValue(evidence, resource, TIER_TAG) ?? launchedTier(evidence, resource);
  return typeof tier === 'string' && Object.hasOwn(ZONE_OF_TIER, tier) ? ZONE_OF_TIER[tier] : undefined;
}

const launchedTier = (evidence: Evidence, resource: Resource): unknown =>
  resource.type === TEMPLATE
    ? evidence
        .list(resource, 'LaunchTemplateData.TagSpecifications')
        .map(({ Tags }) => tagIn(Tags, TIER_TAG))
        .find((tier) => tier !== undefined)
    : undefined;

const TEMPLATE = 'AWS::EC2::LaunchTemplate';

/** What a resource says where it runs by, in the spellings of the types that run something. */
const PLACES = {
  'AWS::EC2::Subnet': ['SubnetId', 'SubnetIds', 'Subnets', 'VPCZoneIdentifier'],
  'AWS::EC2::SecurityGroup': [
    'SecurityGroupIds',
    'SecurityGroups',
    'Groups',
    'GroupSet',
    'VpcSecurityGroupIds',
    'VPCSecurityGroups',
  ],
} as const;

/** Subnets or groups, with the zones of themselves and of all that runs in them. */
export function zonesOf(evidence: Evidence, type: keyof typeof PLACES): ReadonlyMap<Resource, ReadonlySet<Zone>> {
  const zones = new Map<Resource, Set<Zone>>();
  for (const resource of evidence.set.resources) {
    const zone = zoneOf(evidence, resource);
    if (!zone) continue;
    const places = resource.type === type ? [resource] : placesOf(evidence, resource, type);
    for (const place of places) zones.set(place, (zones.get(place) ?? new Set<Zone>()).add(zone));
  }
  return zones;
}

function placesOf(evidence: Evidence, resource: Resource, type: keyof typeof PLACES): readonly Resource[] {
  const own = textsUnder(evidence.properties(resource), PLACES[type]);
  const launched = launchTemplatesOf(evidence, resource).flatMap((template) =>
    textsUnder(evidence.properties(template), PLACES[type]),
  );
  return [...own, ...launched].flatMap((text) => evidence.resourceOf(text, type) ?? []);
}

const launchTemplatesOf = (evidence: Evidence, resource: Resource): readonly Resource[] =>
  resource.type === TEMPLATE
    ? []
    : textsUnder(evidence.properties(resource), ['LaunchTemplateId', 'LaunchTemplateName']).flatMap(
        (text) => evidence.resourceOf(text, TEMPLATE) ?? [],
      );

/** Texts under keys of some names, however deep. */
function textsUnder(value: unknown, keys: readonly string[]): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => textsUnder(item, keys));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => (keys.includes(key) ? textsIn(item) : textsUnder(item, keys)));
}

const textsIn = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? asList(value) : [value]).filter(
    (item): item is string => typeof item === 'string' && isKnown(item),
  );
