import { prefixListsFor, type Lock } from '../lock';
import type { NetworkPlan, QueueNetwork } from './types';

/** AWS APIs that nodes, tasks and the ECS agent call, by endpoint suffix. */
const ENDPOINTS = [
  'autoscaling',
  'ec2',
  'ecr.api',
  'ecr.dkr',
  'ecs',
  'ecs-agent',
  'ecs-telemetry',
  'kms',
  'logs',
  'secretsmanager',
  'servicediscovery',
  'sts',
] as const;

const SESSION_MANAGER_ENDPOINTS = ['ec2messages', 'ssm', 'ssmmessages'] as const;

export interface NetworkInput {
  readonly name: string;
  readonly vpcCidr: string;
  readonly sessionManager: 'off' | 'on';
  readonly queueNetwork: QueueNetwork | undefined;
  readonly lock: Lock;
}

export function networkPlan({ name, vpcCidr, sessionManager, queueNetwork, lock }: NetworkInput): NetworkPlan {
  const extra = sessionManager === 'on' ? SESSION_MANAGER_ENDPOINTS : [];
  return {
    vpcCidr,
    interfaceEndpoints: [...ENDPOINTS, ...extra].toSorted(),
    prefixLists: prefixListsFor(lock, name),
    awsOwnedBuckets: awsOwnedBuckets(name, sessionManager),
    ...(queueNetwork ? { queueNetwork } : {}),
  };
}

/**
 * Buckets AWS owns that a node reads: AL2023 packages, ECR's image layers, the Session Manager agent.
 * Source: aws-samples/data-perimeter-policy-examples, service-owned buckets, read 2026-03.
 */
function awsOwnedBuckets(region: string, sessionManager: 'off' | 'on'): string[] {
  const always = [`al2023-repos-${region}-de612dc2`, `al2023-${region}`, `prod-${region}-starport-layer-bucket`];
  return sessionManager === 'on' ? [...always, `amazon-ssm-${region}`, `aws-ssm-${region}`] : always;
}
