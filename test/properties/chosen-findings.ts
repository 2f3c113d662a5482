import type { CheckedFinding } from '../../compliance/audit/evidence';
import type { DeploymentConfig, RegionConfig } from '../../regions/config/schema';

type Chosen = (config: DeploymentConfig, regions: readonly RegionConfig[]) => boolean;

/** Containers of the user's own are told only what the user tells them. */
const ownContainers: Chosen = (_, regions) => regions.some(({ media }) => media.kind === 'custom');

/** So are servers of the user's own. */
const ownEngines = (regions: readonly RegionConfig[]): boolean =>
  regions.some(({ inference }) => Object.values(inference).some(({ engine }) => engine === 'custom'));

const cellsOf = ({ cells }: RegionConfig): number => ('azIds' in cells ? cells.azIds.length : cells.count);

/** Findings that a valid file asks for by what it chooses; every other one is a defect of the kit. */
const CHOSEN: Readonly<Record<string, Chosen>> = {
  'PRV-01': (config, regions) => config.consent.mode === 'none' || ownContainers(config, regions),
  'PRV-03': (config, regions) => config.aiDisclosure === 'never' || ownContainers(config, regions),
  'PRV-05': ownContainers,
  'INF-04': (config, regions) => ownContainers(config, regions) || ownEngines(regions),
  'AVL-01': (_, regions) => regions.some((region) => cellsOf(region) < 2),
  // What takes a policy here is not settled.
  'NET-06': ({ sessionManager }) => sessionManager === 'on',
};

/** Findings that nothing in the file explains. */
export const unexplained = (findings: readonly CheckedFinding[], config: DeploymentConfig): readonly string[] =>
  findings
    .filter(({ rule }) => {
      const chosen = CHOSEN[rule.slice(-'REC-01'.length)];
      return !chosen?.(config, Object.values(config.regions));
    })
    .map(({ rule, description, constructPath }) => `${constructPath} ${rule}: ${description}`);
