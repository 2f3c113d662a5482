import { isKnown } from '../../templates/evaluate';
import { asList, isRecord, type Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { perEvidence, perResource } from './memo';
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
  [TEMPLATE]: ['LaunchTemplateId', 'LaunchTemplateName'],
} as const;

const zonedIn = perEvidence((evidence) =>
  evidence.set.resources.flatMap((resource) => {
    const zone = zoneOf(evidence, resource);
    return zone ? [{ resource, zone }] : [];
  }),
);

/** Subnets or groups, with the zones of themselves and of all that runs in them. */
export function zonesOf(evidence: Evidence, type: keyof typeof PLACES): ReadonlyMap<Resource, ReadonlySet<Zone>> {
  const zones = new Map<Resource, Set<Zone>>();
  for (const { resource, zone } of zonedIn(evidence)) {
    const places = resource.type === type ? [resource] : placesOf(evidence, resource, type);
    for (const place of places) zones.set(place, (zones.get(place) ?? new Set<Zone>()).add(zone));
  }
  return zones;
}

function placesOf(evidence: Evidence, resource: Resource, type: keyof typeof PLACES): readonly Resource[] {
  const own = saidIn(evidence, resource)[type];
  const launched = launchTemplatesOf(evidence, resource).flatMap((template) => saidIn(evidence, template)[type]);
  return [...own, ...launched].flatMap((text) => evidence.resourceOf(text, type) ?? []);
}

const launchTemplatesOf = (evidence: Evidence, resource: Resource): readonly Resource[] =>
  resource.type === TEMPLATE
    ? []
    : saidIn(evidence, resource)[TEMPLATE].flatMap((text) => evidence.resourceOf(text, TEMPLATE) ?? []);

/** Texts that name places, by their kind. */
const saidIn = perResource((evidence, resource): Readonly<Record<keyof typeof PLACES, readonly string[]>> => {
  const under = (keys: readonly string[]): readonly string[] => {
    const texts: string[] = [];
    collect(evidence.properties(resource), keys, texts);
    return texts;
  };
  return {
    'AWS::EC2::Subnet': under(PLACES['AWS::EC2::Subnet']),
    'AWS::EC2::SecurityGroup': under(PLACES['AWS::EC2::SecurityGroup']),
    [TEMPLATE]: under(PLACES[TEMPLATE]),
  };
});

/** Texts under keys of some names, however deep. */
function collect(value: unknown, keys: readonly string[], texts: string[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, keys, texts);
  else if (isRecord(value))
    for (const key of Object.keys(value))
      if (keys.includes(key)) texts.push(...textsIn(value[key]));
      else collect(value[key], keys, texts);
}

const textsIn = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? asList(value) : [value]).filter(
    (item): item is string => typeof item === 'string' && isKnown(item),
  );
