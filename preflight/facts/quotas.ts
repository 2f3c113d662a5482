import type { QuotaKey } from './facts';

export interface Quota {
  /** Code of the service in Service Quotas. */
  readonly service: string;
  readonly code: string;
  /** As the console calls it. */
  readonly name: string;
}

/**
 * Quotas a region's stacks come up against.
 * Source: Service Quotas of EC2 and VPC, compared with published answers of list-service-quotas.
 */
export const QUOTAS: Readonly<Record<QuotaKey, Quota>> = {
  standard: { service: 'ec2', code: 'L-1216C47A', name: 'Running On-Demand Standard instances' },
  graphics: { service: 'ec2', code: 'L-DB2E81BA', name: 'Running On-Demand G and VT instances' },
  parallel: { service: 'ec2', code: 'L-417A185B', name: 'Running On-Demand P instances' },
  elasticIps: { service: 'ec2', code: 'L-0263D0A3', name: 'EC2-VPC Elastic IPs' },
  vpcs: { service: 'vpc', code: 'L-F678F1CE', name: 'VPCs per Region' },
};
