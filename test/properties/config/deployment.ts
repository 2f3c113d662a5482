import { between, oneOf, optional, scaled, some, type Draw } from './draw';
import { JURISDICTIONS } from '../../../regions/catalog';
import type { DeploymentConfig, RegionConfig } from '../../../regions/config/schema';
import { vpcCidrs } from './network';
import { account, attestations, principals } from './people';
import { region } from './region';
import { frameworks, kept } from './retention';
import { SITES, type Site } from './sites';
import { deploymentName } from './words';

/** What a test needs of the deployment that is drawn for it; the rest is left to chance. */
export interface Wishes {
  readonly purpose?: DeploymentConfig['purpose'];
  readonly frameworks?: DeploymentConfig['frameworks'];
  readonly jurisdiction?: string;
  /** Regions at least. */
  readonly regions?: number;
  readonly mostRegions?: number;
  readonly mostCalls?: number;
  readonly kind?: RegionConfig['media']['kind'];
}

/** A deployment that is valid because of how it is made: nothing drawn is thrown away. */
export function validDeployment(g: Draw, wishes: Wishes = {}): DeploymentConfig {
  const purpose = wishes.purpose ?? oneOf(g, ['sandbox', 'production'] as const);
  const chosen = wishes.frameworks ?? frameworks(g, purpose);
  const jurisdiction = wishes.jurisdiction ?? oneOf(g, jurisdictionsOf(wishes.regions ?? between(g, 1, 2)));
  const partition = JURISDICTIONS[jurisdiction]?.partition ?? '';
  const mine = { deployment: deploymentName(g), account: account(g) };
  const built = regions(g, wishes, { ...mine, partition, purpose, jurisdiction, frameworks: chosen });
  return {
    ...mine,
    purpose,
    ...kept(g, purpose, chosen),
    jurisdiction,
    principals: principals(g, `arn:${partition}:iam::${mine.account}:`, purpose),
    consent: consent(g, { purpose, jurisdiction, frameworks: chosen }),
    ...settings(g),
    ...optional(g, 'allowedRegions', () => allowed(g, jurisdiction, Object.keys(built))),
    regions: built,
  };
}

type Common = Pick<DeploymentConfig, 'deployment' | 'account' | 'purpose' | 'frameworks' | 'jurisdiction'> & {
  readonly partition: string;
};

const jurisdictionsOf = (regions: number): string[] =>
  Object.entries(SITES).flatMap(([key, known]) => (known.length >= regions ? [key] : []));

function regions(g: Draw, wishes: Wishes, common: Common): Record<string, RegionConfig> {
  const sites = sitesFor(g, wishes, common);
  const blocks = vpcCidrs(g, sites.length);
  const { mostCalls = 100_000, ...rest } = wishes;
  return Object.fromEntries(
    sites.map((site, index) => {
      const vpcCidr = blocks[index] ?? '';
      return [site.region, region(g, { ...common, ...kindOf(rest), mostCalls, site, vpcCidr })];
    }),
  );
}

const kindOf = ({ kind }: Wishes): Pick<Wishes, 'kind'> => (kind ? { kind } : {});

/** The regions of the file and perhaps others of the jurisdiction, where copies may then lie. */
const allowed = (g: Draw, jurisdiction: string, used: readonly string[]): string[] => [
  ...new Set([...used, ...some(g, JURISDICTIONS[jurisdiction]?.regions ?? [])]),
];

/** Losing one cell must leave another, in production. */
function sitesFor(g: Draw, { regions: least = 1, mostRegions = 3 }: Wishes, { purpose, jurisdiction }: Common): Site[] {
  const fewest = purpose === 'production' ? 2 : 1;
  return some(g, SITES[jurisdiction] ?? [], least, Math.max(least, mostRegions)).map((sites) => {
    const sizes = [...new Set(sites.map(({ azIds }) => azIds.length))].filter((size) => size >= fewest);
    const size = oneOf(g, sizes);
    return oneOf(
      g,
      sites.filter(({ azIds }) => azIds.length === size),
    );
  });
}

function consent(
  g: Draw,
  { purpose, jurisdiction, frameworks: chosen }: Pick<DeploymentConfig, 'purpose' | 'jurisdiction' | 'frameworks'>,
): DeploymentConfig['consent'] {
  const mode = oneOf(g, [
    ...(purpose === 'production' && jurisdiction === 'US' ? [] : ['none' as const]),
    ...(['notice', 'beep', 'explicit-dtmf'] as const),
  ]);
  const all = ['no-record', 'hangup', 'transfer'] as const;
  const mustRecord = mode === 'explicit-dtmf' && chosen.includes('finra-taping');
  return { mode, onRefusal: oneOf(g, mustRecord ? (['hangup'] as const) : all) };
}

const settings = (g: Draw) => ({
  ...optional(g, 'organizationId', () => `o-${'a1b2c3d4e5'.repeat(3).slice(0, between(g, 10, 30))}`),
  ...optional(g, 'attestations', () => attestations(g)),
  aiDisclosure: oneOf(g, ['always', 'outbound', 'never'] as const),
  alarms: { email: oneOf(g, ['ops@demo.example.com', "o'ps+voice@sub.example.org"]) },
  monthlyBudgetUsd: scaled(g, 1, 1_000_000_000),
  ...optional(g, 'sessionManager', () => oneOf(g, ['off', 'on'] as const)),
  accountServices: {
    config: oneOf(g, ['existing', 'create', 'attested'] as const),
    guardDuty: oneOf(g, ['existing', 'create', 'attested'] as const),
    inspector: oneOf(g, ['existing', 'attested'] as const),
  },
});
