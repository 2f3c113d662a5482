import { isDeepStrictEqual } from 'node:util';
import { formatProblem, readDeployment } from '../../regions/config';
import type { DeploymentConfig } from '../../regions/config/schema';
import { readLock, type Lock } from '../../regions/lock';
import { planDeployment } from '../../regions/plan';
import type { CellPlan } from '../../regions/plan/cell-types';
import type { RegionPlan } from '../../regions/plan/types';
import { CASES, holds } from './cases';
import { validDeployment } from './config/deployment';
import { between, type Draw } from './config/draw';
import { brokenBy } from './invariants';
import { fileOf } from './yaml';

const read = readLock();
const lock: Lock = read.ok
  ? read.lock
  : { formatVersion: 1, sources: { amis: '', prefixLists: '' }, images: {}, prefixLists: {}, amis: {} };

/** The problems of the file, or that it says something else than was written. */
function misread(config: DeploymentConfig): readonly string[] {
  const result = readDeployment(fileOf(config));
  if (!result.ok) return result.problems.map(formatProblem);
  return isDeepStrictEqual(result.config, config) ? [] : ['what was read is not what was written'];
}

/** One trail spans all regions, and one budget is the whole deployment's. */
const homes = (plans: readonly RegionPlan[]) => ({
  home: plans.filter(({ home }) => home).length,
  multiRegion: plans.filter(({ trail }) => trail.multiRegion).length,
  budgets: Math.max(1, plans.filter(({ monthlyBudgetUsd }) => monthlyBudgetUsd !== undefined).length),
});

test('a valid deployment is read as it was written, and planned without breaking an invariant, twice the same', () => {
  holds(CASES, validDeployment, (config) => {
    expect(misread(config)).toEqual([]);
    const plans = planDeployment(config, lock);
    for (const plan of plans) {
      const region = config.regions[plan.region];
      expect(region && brokenBy({ config, region, plan })).toEqual({});
    }
    expect(homes(plans)).toEqual({ home: 1, multiRegion: 1, budgets: 1 });
    expect(JSON.stringify(planDeployment(structuredClone(config), lock))).toBe(JSON.stringify(plans));
  });
}, 300_000);

const growing = (g: Draw) => ({ config: validDeployment(g, { mostRegions: 1 }), more: between(g, 1, 1000) });

const withPeak = (config: DeploymentConfig, more: number): DeploymentConfig => ({
  ...config,
  regions: Object.fromEntries(
    Object.entries(config.regions).map(([name, region]) => [
      name,
      { ...region, peakConcurrentCalls: region.peakConcurrentCalls + more },
    ]),
  ),
});

/** Every count of a cell that costs money. */
const countsOf = ({ edge, media, inference, elasticIps }: CellPlan): number[] => [
  ...[edge.nodes, media.nodes, ...inference.flatMap(({ tasks, instances }) => [tasks, instances])].flatMap(
    ({ min, max }) => [min, max],
  ),
  elasticIps,
];

test('more calls are never planned on fewer nodes, tasks or addresses', () => {
  holds(CASES / 4, growing, ({ config, more }) => {
    const counts = (asked: DeploymentConfig) =>
      planDeployment(asked, lock).flatMap(({ cells }) => cells.flatMap(countsOf));
    const before = counts(config);
    const after = counts(withPeak(config, more));
    expect(after.filter((count, index) => count < (before[index] ?? Infinity))).toEqual([]);
  });
}, 300_000);

const reversed = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).toReversed());

/** The same deployment, its blocks in another order. */
const reordered = (config: DeploymentConfig): DeploymentConfig =>
  ({
    ...reversed(config),
    regions: reversed(
      Object.fromEntries(
        Object.entries(config.regions).map(([name, region]) => [
          name,
          {
            ...region,
            carriers: region.carriers.toReversed(),
            cells: 'azIds' in region.cells ? { azIds: region.cells.azIds.toReversed() } : region.cells,
          },
        ]),
      ),
    ),
  }) as DeploymentConfig;

/** The first region of a file is its home: it has the trail of all regions and the budget, and decides where copies lie. */
const apartFromHome = (plan: RegionPlan) => {
  const { home: _, copies: __, trail: ___, monthlyBudgetUsd: ____, decisions: _____, cells, ...rest } = plan;
  return { ...rest, cells: cells.toSorted((a, b) => (a.azId < b.azId ? -1 : 1)) };
};

const byRegion = (plans: readonly RegionPlan[]) =>
  Object.fromEntries(plans.map((plan) => [plan.region, apartFromHome(plan)]));

test('the order of regions, cells and carriers in the file changes nothing but the home region', () => {
  holds(CASES / 4, validDeployment, (config) => {
    expect(
      isDeepStrictEqual(byRegion(planDeployment(reordered(config), lock)), byRegion(planDeployment(config, lock))),
    ).toBe(true);
  });
}, 300_000);
