import { regionsOf } from '../../regions/catalog';
import type { DeploymentConfig, Framework } from '../../regions/config/schema';
import type { RegionPlan } from '../../regions/plan/types';
import { intersection, requirementsFor } from '../requirements';
import type { Authority, Control } from './control';
import type { Attestation, Scope } from './evidence';
import { scopeOf } from './scope';

/** A part of an app that is judged by itself: a deployment, or a whole app. */
export interface Unit {
  /** Construct path under which its stacks stand, with a slash at its end; empty for a whole app. */
  readonly below: string;
  readonly frameworks: readonly Framework[];
  readonly scope: Scope;
}

/** What an app of one's own is held against. */
export interface AppScope {
  /** Key of the jurisdiction catalogue, such as `US` or `EU`: no data, copy or inference outside it. */
  readonly jurisdiction: string;
  /** Fewer regions than the jurisdiction has. @default all of them */
  readonly allowedRegions?: readonly string[];
  /** What people have attested: controls that no template can show are unmet without. @default none */
  readonly attestations?: readonly Attestation[];
  /** @default not stated: controls on consent do not apply */
  readonly consent?: DeploymentConfig['consent'];
  /** @default not stated */
  readonly aiDisclosure?: DeploymentConfig['aiDisclosure'];
  /** @default not stated: callers do not pay by card, which is attested */
  readonly cardData?: DeploymentConfig['cardData'];
  /** @default not stated: Config, GuardDuty and Inspector must be on the template or attested */
  readonly accountServices?: DeploymentConfig['accountServices'];
  /** Hosts outside that tools and telemetry may reach. @default none */
  readonly outsideHosts?: readonly string[];
  /** Hosts of the people who take calls over. @default none */
  readonly queueHosts?: readonly string[];
  /** Blocks outside in which media nodes call such people by themselves. @default none: they reach nobody outside */
  readonly queueCidrs?: readonly string[];
  /** ISO date by which attestations go stale. @default none goes stale: a synthesis asks no clock */
  readonly today?: string;
}

/**
 * Deployments, each with all its regions: what one region's trail or replica is about may lie in another.
 * @param below construct path under which a plan's stacks stand; default as in the kit's own app, `<deployment>/`. Plans that
 *   stand under one path are judged together.
 */
export function unitsOf(
  plans: readonly RegionPlan[],
  below = ({ deployment }: RegionPlan): string => `${deployment}/`,
): readonly Unit[] {
  const places = [...new Set(plans.map(below))];
  return places.flatMap((place) => {
    const mine = plans.filter((plan) => below(plan) === place);
    const [first] = mine;
    if (!first) return [];
    const scopes = mine.map(scopeOf);
    const all = (of: (scope: Scope) => readonly string[] | undefined): string[] => [
      ...new Set(scopes.flatMap((scope) => of(scope) ?? [])),
    ];
    const outside = {
      outsideHosts: all(({ outsideHosts }) => outsideHosts),
      queueHosts: all(({ queueHosts }) => queueHosts),
      queueCidrs: all(({ queueCidrs }) => queueCidrs),
    };
    return { below: place, frameworks: first.frameworks, scope: { ...scopeOf(first), ...outside } };
  });
}

/**
 * A whole app.
 * @throws {RangeError} for a jurisdiction that is in no catalogue: nothing can be shown to lie in it
 */
export function wholeApp(frameworks: readonly Framework[], app: AppScope): Unit {
  const regions = regionsOf(app.jurisdiction);
  if (regions.length === 0) throw new RangeError(`jurisdiction: got ${app.jurisdiction}, allowed one of the catalogue`);
  const { allowedRegions, attestations = [], outsideHosts = [] } = app;
  const scope: Scope = {
    ...app,
    requirements: requirementsFor(frameworks),
    regions: intersection(regions, ...(allowedRegions ? [allowedRegions] : [])),
    attestations,
    outsideHosts,
  };
  return { below: '', frameworks, scope };
}

/** Those that ask of every deployment, whatever it chooses. */
const ALWAYS: ReadonlySet<Authority> = new Set(['residency', 'consent-law', 'house']);

/** Whether anybody asks this of a unit: a framework it has chosen, or one that always does. */
export const applies = ({ citations }: Pick<Control, 'citations'>, { frameworks }: Pick<Unit, 'frameworks'>): boolean =>
  citations.some(({ authority }) => ALWAYS.has(authority) || frameworks.some((framework) => framework === authority));
