import path from 'node:path';
import { readDeployment } from '../regions/config';
import { readLock } from '../regions/lock';
import { planDeployment } from '../regions/plan';
import type { RegionPlan } from '../regions/plan/types';

const TEMPLATE = { region: 'us-east-1', azPrefix: 'use1-az', cells: ['use1-az2', 'use1-az4', 'use1-az6'] } as const;
const FILE = path.join(__dirname, '..', 'regions', 'deployments', 'healthcare-us.yaml');

/**
 * Plans of a deployment that no catalogue could hold: as many regions as asked for, of three cells each. One real plan is
 * written again under other names, so that each region costs what a real one costs.
 */
export function syntheticPlans(count: number): readonly RegionPlan[] {
  const text = JSON.stringify(threeCells());
  return Array.from({ length: count }, (_, index) => rename(text, index));
}

function rename(text: string, index: number): RegionPlan {
  const suffix = String(index).padStart(2, '0');
  const named = text.replaceAll(TEMPLATE.region, `xx-east-${suffix}`).replaceAll(TEMPLATE.azPrefix, `xxe${suffix}-az`);
  return { ...(JSON.parse(named) as RegionPlan), home: index === 0 };
}

function threeCells(): RegionPlan {
  const read = readDeployment(FILE);
  const lock = readLock();
  if (!read.ok || !lock.ok) throw new Error(`${FILE} or the lock file cannot be read`);
  const region = read.config.regions[TEMPLATE.region];
  if (!region) throw new Error(`${FILE} has no ${TEMPLATE.region}`);
  const regions = { [TEMPLATE.region]: { ...region, cells: { azIds: [...TEMPLATE.cells] } } };
  const [plan] = planDeployment({ ...read.config, regions }, lock.lock);
  if (!plan) throw new Error(`${FILE} gave no plan`);
  return plan;
}
