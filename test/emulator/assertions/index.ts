import type { RegionPlan } from '../../../regions/plan/types';
import type { Aws } from './aws';
import { cellChecks } from './cell';
import type { Check } from './check';
import { guardChecks } from './guard';
import { networkChecks } from './network';
import { recordsChecks } from './records';
import { stackChecks } from './stacks';
import { watchChecks } from './watch';

/** What is asked of the account after a deployment, by part. */
export const GROUPS: Readonly<Record<string, (plan: RegionPlan, aws: Aws) => Check[]>> = {
  stacks: stackChecks,
  network: networkChecks,
  records: recordsChecks,
  cell: cellChecks,
  watch: watchChecks,
  guard: guardChecks,
};
