import { partitionOf } from '../../catalog';
import type { Finding, Path } from '../finding';
import type { DeploymentConfig, RegionConfig } from '../schema';

/** What must hold between fields, or against the catalogue, that the schema cannot say. Pure; empty when it holds. */
export type Rule = (config: DeploymentConfig) => readonly Finding[];

export type RegionRule = (region: RegionConfig, name: string, config: DeploymentConfig) => readonly Finding[];

/** A rule about one region, asked of each; its paths are relative to the region. */
export const inEachRegion =
  (check: RegionRule): Rule =>
  (config) =>
    Object.entries(config.regions).flatMap(([name, region]) =>
      check(region, name, config).map((finding) => ({ ...finding, path: ['regions', name, ...finding.path] })),
    );

/** One finding when the condition is met, else none. */
export const when = (condition: boolean, finding: Finding): Finding[] => (condition ? [finding] : []);

/** Findings for each later value that repeats an earlier one. */
export function repeats(
  values: readonly (string | number)[],
  pathOf: (index: number) => Path,
  what: string,
): Finding[] {
  return values.flatMap((value, index) =>
    when(values.indexOf(value) < index, {
      path: pathOf(index),
      allowed: `${what} used once`,
      change: 'it to another, or remove it',
    }),
  );
}

/** Regions the catalogue does not know are reported by the rule on regions; the rest are `aws` where unknown. */
export const partitionOrAws = (region: string): string => partitionOf(region) ?? 'aws';
