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
export function zonesOf(evidence: Evidence, type: Place): ReadonlyMap<Resource, ReadonlySet<Zone>> {
  const zones = new Map<Resource, Set<Zone>>();
  for (const { resource, zone } of zonedIn(evidence)) {
    const places = resource.type === type ? [resource] : placesOf(evidence, resource, type);
    for (const place of places) zones.set(place, (zones.get(place) ?? new Set<Zone>()).add(zone));
  }
  return zones;
}

function placesOf(evidence: Evidence, resource: Resource, type: Place): readonly Resource[] {
  const own = saidIn(evidence, resource)[type];
  const launched = launchTemplatesOf(evidence, resource).flatMap((template) => saidIn(evidence, template)[type]);
  return [...own, ...launched].flatMap((text) => evidence.resourceOf(text, type) ?? []);
}

const launchTemplatesOf = (evidence: Evidence, resource: Resource): readonly Resource[] =>
  resource.type === TEMPLATE
    ? []
    : saidIn(evidence, resource)[TEMPLATE].flatMap((text) => evidence.resourceOf(text, TEMPLATE) ?? []);

type Place = keyof typeof PLACES;

const PLACE_OF_KEY: ReadonlyMap<string, Place> = new Map(
  (Object.keys(PLACES) as Place[]).flatMap((place) => PLACES[place].map((key) => [key, place] as const)),
);

/** Texts that name places, by their kind. */
const saidIn = perResource((evidence, resource): Said => {
  const said: Said = { 'AWS::EC2::Subnet': [], 'AWS::EC2::SecurityGroup': [], [TEMPLATE]: [] };
  collect(evidence.properties(resource), said);
  return said;
});

type Said = Readonly<Record<Place, string[]>>;

/** Texts under the keys of places, however deep; of one within another of its kind the outer counts. */
function collect(value: unknown, said: Said, within: readonly Place[] = []): void {
  if (Array.isArray(value)) for (const item of value) collect(item, said, within);
  else if (isRecord(value))
    for (const key of Object.keys(value)) {
      const place = PLACE_OF_KEY.get(key);
      const isOuter = place !== undefined && !within.includes(place);
      if (isOuter) said[place].push(...textsIn(value[key]));
      collect(value[key], said, isOuter ? [...within, place] : within);
    }
}

const textsIn = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? asList(value) : [value]).filter(
    (item): item is string => typeof item === 'string' && isKnown(item),
  );
