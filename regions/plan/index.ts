import { DEFAULT_MAX_CALL_MINUTES } from '../../media/contract/lifecycle';
import { requirementsOf } from '../../compliance/requirements';
import { callsOfCell } from '../capacity/sizing';
import { partitionOf, supportsBudgets } from '../catalog';
import type { DeploymentConfig, RegionConfig } from '../config/schema';
import type { Lock } from '../lock';
import { basesFor } from './bases';
import { BUDGETS } from './budgets';
import { planCell } from './cell';
import { copiesFor } from './copies';
import { dataRegionsOf } from './data-regions';
import { inFailoverOrder } from './carriers';
import { decisionsFor } from './decisions';
import { deepFreeze } from './freeze';
import { namesFor } from './names';
import { networkPlan } from './network';
import { placeCells } from './placement';
import { refusalsFor } from './refusals';
import { retentionFor } from './retention';
import { trailFor, type TrailInput } from './trail';
import type { CellInput } from './cell-input';
import type { CellPlan } from './cell-types';
import type { RegionPlan, SipPlan } from './types';

/** Carriers cache an address this long after an edge node is gone, in seconds. */
const RECORD_TTL_SECONDS = 30;

/** Share of the peak that the running minimum carries when the config does not say. */
const QUIET_SHARE = 0.25;

interface Context {
  readonly config: DeploymentConfig;
  readonly lock: Lock;
  readonly siblings: TrailInput['deployment'];
}

/**
 * The only place that decides. Pure: the same config and lock give the same plans, one per region in the config's order.
 * @param config read and found valid by `readDeployment`
 * @throws Error when a fact that validation guarantees is missing: a defect, not a user's mistake
 */
export function planDeployment(config: DeploymentConfig, lock: Lock): readonly RegionPlan[] {
  const siblings = Object.keys(config.regions).map((region) => siblingOf(config, region));
  return deepFreeze(
    Object.entries(config.regions).map(([name, region]) => planRegion({ config, lock, siblings }, name, region)),
  );
}

function planRegion(context: Context, name: string, region: RegionConfig): RegionPlan {
  const { config, lock, siblings } = context;
  const { names, copies } = siblingOf(config, name);
  const quiet = region.quietConcurrentCalls ?? Math.ceil(region.peakConcurrentCalls * QUIET_SHARE);
  const sessionManager = config.sessionManager ?? 'off';
  const { vpcCidr, queueNetwork } = region;
  const network = networkPlan({ name, vpcCidr, sessionManager, queueNetwork, lock });
  const requirements = requirementsOf(config);
  const retention = retentionFor(requirements, config.retention);
  const cells = planCells(context, name, region, { names, retention, quiet });
  const baseImages = basesFor(cells, lock);
  return {
    formatVersion: 1,
    deployment: config.deployment,
    purpose: config.purpose,
    account: config.account,
    region: name,
    partition: partition(name),
    jurisdiction: config.jurisdiction,
    dataRegions: dataRegionsOf(config),
    ...(config.cardData ? { cardData: config.cardData } : {}),
    frameworks: config.frameworks,
    requirements,
    ...(config.organizationId ? { organizationId: config.organizationId } : {}),
    home: siblings[0]?.region === name,
    names,
    network,
    sip: sipPlan(region),
    cells,
    retention,
    copies,
    trail: trailFor({ region: name, names, deployment: siblings }),
    principals: config.principals,
    attestations: config.attestations ?? [],
    consent: config.consent,
    aiDisclosure: config.aiDisclosure,
    accountServices: config.accountServices,
    alarmEmail: config.alarms.email,
    ...(name === budgetRegion(config) ? { monthlyBudgetUsd: config.monthlyBudgetUsd } : {}),
    sessionManager,
    budgets: BUDGETS,
    maxCallMinutes: maxCallMinutesOf(region),
    baseImages,
    outsideHosts: region.outsideHosts ?? [],
    refusals: refusalsFor({ account: config.account, cells, baseImages, network }),
    decisions: decisionsFor({ region, quiet, cells, retention, copies, jurisdiction: config.jurisdiction }),
  };
}

function planCells(
  context: Context,
  name: string,
  region: RegionConfig,
  { quiet, ...known }: Pick<CellInput, 'names' | 'retention'> & { readonly quiet: number },
): readonly CellPlan[] {
  const azIds = placeCells(name, region);
  const calls = callsOfCell({ peak: region.peakConcurrentCalls, quiet, cells: azIds.length });
  const { config, lock } = context;
  const shared = { config, lock, name, region, ...known, calls, cells: azIds.length, partition: partition(name) };
  return azIds.map((azId) => planCell({ ...shared, azId, maxCallMinutes: maxCallMinutesOf(region) }));
}

const maxCallMinutesOf = ({ maxCallMinutes = DEFAULT_MAX_CALL_MINUTES }: RegionConfig): number => maxCallMinutes;

function siblingOf(config: DeploymentConfig, region: string): TrailInput['deployment'][number] {
  const { deployment, account } = config;
  const where = { region, account, partition: partition(region) };
  const copies = copiesFor({ ...where, dataRegions: dataRegionsOf(config), deployed: Object.keys(config.regions) });
  return { region, names: namesFor({ ...where, deployment }), copies };
}

const sipPlan = ({ sip, carriers, fallbackNumber, numbers, queues }: RegionConfig): SipPlan => ({
  hostname: sip.hostname,
  zone: sip.hostname.slice(sip.hostname.indexOf('.') + 1),
  recordTtlSeconds: RECORD_TTL_SECONDS,
  certificateSecretArn: sip.certificateSecretArn,
  ...(sip.certificateKeyArn === undefined ? {} : { certificateKeyArn: sip.certificateKeyArn }),
  carriers: inFailoverOrder(carriers),
  fallbackNumber,
  numbers,
  queues,
});

/** AWS Budgets is not in every region's CloudFormation; the first region that has it carries the deployment's one budget. */
const budgetRegion = (config: DeploymentConfig): string | undefined =>
  Object.keys(config.regions).find(supportsBudgets);

function partition(region: string): string {
  const found = partitionOf(region);
  if (!found) throw new Error(`region ${region} passed validation but is not in the catalogue`);
  return found;
}
