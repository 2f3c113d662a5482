import { jurisdictionOf, offers, regionFacts } from '../../../regions/catalog';
import { inEachCell, unless, type Invariant } from './invariant';

export const cellsLieInTheRegion: Invariant = ({ plan, region }) => [
  ...plan.cells.flatMap(({ azId }) =>
    unless(regionFacts(plan.region)?.azIds.has(azId) ?? false, `${azId} is elsewhere`),
  ),
  ...unless(
    new Set(plan.cells.map(({ azId }) => azId)).size ===
      ('count' in region.cells ? region.cells.count : region.cells.azIds.length),
    `${plan.cells.length} cells`,
  ),
];

export const typesAreOffered = inEachCell(({ azId, edge, media, inference }) =>
  [edge, media, ...inference].flatMap(({ tier, instanceType }) =>
    unless(offers(azId, instanceType), `${tier} on ${instanceType}`),
  ),
);

/** URLs that the agent is given and the service that the edge asks lie under the cell's own private name. */
export const hopsStayInTheCell = inEachCell(({ azId, namespace, edge, media }, { region }) => {
  const told = [...edge.containers, ...(region.media.containers ? [] : media.containers)].flatMap(({ env = {} }) =>
    Object.entries(env).filter(([name]) => /_URL$|^MEDIA_SERVICE$/.test(name)),
  );
  const names = new Set(told.map(([name]) => name));
  return [
    // A name that changed would leave nothing to look at.
    ...['MEDIA_SERVICE', ...(region.media.containers ? [] : ['STT_URL', 'LLM_URL', 'TTS_URL'])].flatMap((name) =>
      unless(names.has(name), `nobody is told ${name}`),
    ),
    ...unless(namespace.startsWith(`${azId}.`) && namespace.endsWith('.internal'), `namespace ${namespace}`),
    ...told
      .filter(
        ([, value]) => !new RegExp(`(?:^|//)(?:[a-z]+\\.${namespace}|127\\.0\\.0\\.1)(?::\\d+(?:/|$)|$)`).test(value),
      )
      .map(([name, value]) => `${name} is ${value}`),
  ];
});

export const namesLieInTheRegion: Invariant = ({ plan }) => {
  // What agents are told of a number is prose, and may say anything.
  const withoutProse = (key: string, value: unknown): unknown => (/^numbers$/i.test(key) ? undefined : value);
  const text = JSON.stringify([plan.cells, plan.sip], withoutProse);
  const regions = [...text.matchAll(/arn:aws[a-z-]*:[a-z0-9-]+:([a-z0-9-]+):/g)];
  return regions.filter(([, region]) => region !== plan.region).map(([arn]) => arn);
};

export const dataStaysInTheJurisdiction: Invariant = ({ plan }) =>
  [plan.region, plan.copies.region].flatMap((region) =>
    unless(jurisdictionOf(region) === plan.jurisdiction, `${region} lies in ${jurisdictionOf(region)}`),
  );

/** A contract may allow fewer regions than the law; copies are data, too. */
export const dataStaysWhereItIsAllowed: Invariant = ({ plan, config: { allowedRegions } }) =>
  [plan.region, plan.copies.region].flatMap((region) =>
    unless(allowedRegions?.includes(region) ?? true, `${region} is not of ${allowedRegions?.join(', ')}`),
  );

/** Rules see events of their own region: a guard, where the deployment runs, or rules beside the copies. */
export const copiesAreAlertedOnce: Invariant = ({ plan, config: { regions } }) =>
  unless(
    plan.copies.region in regions === (plan.copies.alerts === 'guard'),
    `${plan.copies.alerts} in ${plan.copies.region}`,
  );

/** A copy beside the original is none, unless the law leaves no other place. */
export const copiesLieApart: Invariant = ({ plan }) =>
  unless(
    (plan.copies.region === plan.region) === (plan.copies.kind === 'bucket'),
    `${plan.copies.kind} in ${plan.copies.region}`,
  );
