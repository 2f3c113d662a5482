import type { RegionPlan } from '../../../regions/plan/types';
import { roleArns } from './arns';

/** The few who are exempt from the denies on keys and stores; everybody else, the root user included, is not. */
export interface Guardians {
  /** Deploys configuration; never deletes a key or a record. */
  readonly deployer: string;
  readonly recordsOfficer: string;
  readonly breakGlass: string;
}

/**
 * @param deployer ARN of CloudFormation's execution role in the region of the guarded resources
 */
export function guardiansOf(plan: RegionPlan, deployer: string): Guardians {
  const { recordsOfficer, breakGlass } = roleArns(plan);
  return { deployer, recordsOfficer, breakGlass };
}
