import type { RegionPlan } from '../../regions/plan/types';

/** What the guardrails of a deployment are drawn around. */
export interface Perimeter {
  readonly deployment: string;
  /** 12 digits: the account they are attached to. */
  readonly account: string;
  readonly partition: string;
  readonly organizationId?: string;
  /** Where data may lie and inference may run. */
  readonly regions: readonly string[];
  /** ARNs of those who may change what Amazon Bedrock keeps. */
  readonly recordsOfficers: readonly string[];
}

/** Undefined for a deployment without regions. */
export function perimeterOf(plans: readonly RegionPlan[]): Perimeter | undefined {
  const [plan] = plans;
  if (!plan) return undefined;
  const { deployment, account, partition, organizationId } = plan;
  return {
    deployment,
    account,
    partition,
    ...(organizationId !== undefined && { organizationId }),
    regions: unique(plans.flatMap(({ dataRegions }) => dataRegions)),
    recordsOfficers: unique(plans.flatMap(recordsOfficersOf)),
  };
}

/** The kit's role, and the people who may assume it: the role itself has no right to set up Bedrock. */
const recordsOfficersOf = ({ partition, account, names, principals }: RegionPlan): readonly string[] => [
  `arn:${partition}:iam::${account}:role/${names.roles.recordsOfficer}`,
  ...principals.recordsOfficer,
];

const unique = (values: readonly string[]): string[] => [...new Set(values)].toSorted();
