import { HOT_TIERS, placementsOf, type HotTier, type Placement } from './placement';
import { endpointProblems, environmentProblems } from './reach';
import type { HopProblem } from './problem';
import { asList, isRecord, tagOf, type Resource, type TemplateSet } from '../templates/template-set';

/** One step of the hot path between two tiers of a cell, with every AZ id each end can run in. */
export interface Hop {
  readonly cell: string;
  readonly from: HotTier;
  readonly to: HotTier;
  readonly fromAzIds: readonly string[];
  readonly toAzIds: readonly string[];
}

const HOPS: readonly (readonly [HotTier, HotTier])[] = [
  ['edge', 'media'],
  ['media', 'stt'],
  ['media', 'llm'],
  ['media', 'tts'],
];

/** The hops of every cell as the templates resolve them. */
export function hopsOf(set: TemplateSet): readonly Hop[] {
  const placements = placementsOf(set);
  const cells = [...new Set(placements.flatMap(({ cell }) => (cell ? [cell] : [])))].toSorted();
  const azIds = (cell: string, tier: HotTier): string[] => {
    const here = placements.filter((placement) => placement.cell === cell && placement.tier === tier);
    return [...new Set(here.flatMap((placement) => placement.azIds.map((azId) => azId ?? 'unknown')))];
  };
  return cells.flatMap((cell) =>
    HOPS.map(([from, to]) => ({ cell, from, to, fromAzIds: azIds(cell, from), toAzIds: azIds(cell, to) })),
  );
}

/** Everything that lets a hot-path hop leave its cell, or that cannot be shown to stay in it. */
export function hopProblems(set: TemplateSet): readonly HopProblem[] {
  return [
    ...placementsOf(set).flatMap(placementProblems),
    ...untaggedProblems(set),
    ...registrationProblems(set),
    ...publicAddressProblems(set),
    ...environmentProblems(set),
    ...endpointProblems(set),
  ];
}

function placementProblems({ resource, cell, tier, azIds }: Placement): HopProblem[] {
  const hop = hopInto(tier);
  if (cell && !AZ_ID.test(cell))
    return [{ hop, resource, problem: `its cell ${cell} is no AZ id; tag it with one such as use1-az4` }];
  if (!cell)
    return [{ hop, resource, problem: `the ${tier} tier names no cell; tag it voicecell:cell with its AZ id` }];
  return azIds
    .filter((azId) => azId !== cell)
    .map((azId) => ({
      hop,
      resource,
      problem: azId
        ? `runs in ${azId}, outside its cell ${cell}; give it the subnet of ${cell}`
        : `the AZ id of its subnet cannot be resolved, so it is not shown to run in ${cell}; refer to a subnet with AvailabilityZoneId`,
    }));
}

const AZ_ID = /^[a-z]+\d+-az\d+$/;

const RUNNING: ReadonlySet<string> = new Set([
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::ECS::Service',
  'AWS::ECS::TaskDefinition',
]);

/** Beside the hot path, what says no tier, or one that nobody knows, may be a part of it that nobody looks at. */
function untaggedProblems(set: TemplateSet): HopProblem[] {
  const hot = new Set(placementsOf(set).map(({ resource }) => resource.stack));
  return set.resources
    .filter((resource) => hot.has(resource.stack) && RUNNING.has(resource.type) && !isKnownTier(resource))
    .map((resource) => ({
      hop: 'unknown',
      resource,
      problem: `stands beside the hot path and says no tier; tag it voicecell:tier with ${HOT_TIERS.join(', ')} or none`,
    }));
}

const isKnownTier = (resource: Resource): boolean =>
  [...HOT_TIERS, 'data', 'none'].some((tier) => tier === tagOf(resource, 'voicecell:tier'));

/** A name of a cell's namespace must lead into that cell: every environment is judged by it. */
function registrationProblems(set: TemplateSet): HopProblem[] {
  return placementsOf(set).flatMap(({ resource, cell, tier }) =>
    asList(resource.properties['ServiceRegistries'])
      .filter(isRecord)
      .map((registry) => namespaceOf(set, resource, registry['RegistryArn']))
      .filter((namespace) => !namespace || tagOf(namespace, 'voicecell:cell') !== cell)
      .map(() => ({
        hop: hopInto(tier),
        resource,
        problem: `is registered in a namespace that is not shown to be of its cell ${cell}`,
      })),
  );
}

function namespaceOf(set: TemplateSet, near: Resource, registryArn: unknown): Resource | undefined {
  const service = set.resolve(near.stack, registryArn);
  return service && set.resolve(service.stack, service.properties['NamespaceId'] ?? inDnsConfig(service));
}

function inDnsConfig({ properties }: Resource): unknown {
  return isRecord(properties['DnsConfig']) ? properties['DnsConfig']['NamespaceId'] : undefined;
}

/** A task with a public address can be reached, and can reach out, around its cell. */
const publicAddressProblems = (set: TemplateSet): HopProblem[] =>
  placementsOf(set)
    .filter(({ resource }) => JSON.stringify(resource.properties['NetworkConfiguration'] ?? '').includes('"ENABLED"'))
    .map(({ resource, tier }) => ({
      hop: hopInto(tier),
      resource,
      problem: 'has a public address; leave AssignPublicIp out',
    }));

/** Hops with an end that no template shows: asked of a whole app, not of a part of one. */
export function openHops(set: TemplateSet): readonly HopProblem[] {
  const placements = placementsOf(set);
  return hopsOf(set).flatMap(({ cell, from, to, fromAzIds, toAzIds }) => {
    const near = placements.find((placement) => placement.cell === cell);
    const missing = [fromAzIds.length === 0 ? from : [], toAzIds.length === 0 ? to : []].flat();
    return near
      ? missing.map((tier) => ({
          hop: `${from} → ${to}`,
          resource: near.resource,
          problem: `cell ${cell} has no ${tier}`,
        }))
      : [];
  });
}

/** `media → stt`; the edge is where the caller's audio arrives. */
function hopInto(tier: HotTier): string {
  const from = HOPS.find(([, to]) => to === tier)?.[0] ?? 'caller';
  return `${from} → ${tier}`;
}
