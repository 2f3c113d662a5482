import type { Control } from './control';
import { judgeWays, type Way } from './shared/places';
import { RESIDENCY } from './shared/residency';

export const RES_07: Control = {
  id: 'RES-07',
  title: 'Secrets, tables, images and file systems are replicated only inside the declared jurisdiction.',
  citations: RESIDENCY,
  severity: 'error',
  sources: ['L'],
  checkedOn: '2026-11-22',
  builds: 'A ledger, secrets and repositories of one region.',
  onTemplate:
    'Every replica and witness of secrets, global tables, registries and file systems is in an allowed region.',
  live: 'secretsmanager:DescribeSecret; dynamodb:DescribeTable; ecr:DescribeRegistry; elasticfilesystem:DescribeReplicationConfigurations',
  check: (evidence) => judgeWays(evidence, WAYS),
};

const WAYS: readonly Way[] = [
  { type: 'AWS::SecretsManager::Secret', what: 'a replica', paths: ['ReplicaRegions.*.Region'] },
  {
    type: 'AWS::DynamoDB::GlobalTable',
    what: 'a replica or witness',
    paths: ['Replicas.*.Region', 'GlobalTableWitnesses.*.Region'],
  },
  // What the CDK's older construct makes of `replicationRegions`.
  { type: 'Custom::DynamoDBReplica', what: 'a replica', paths: ['Region'] },
  {
    type: 'AWS::ECR::ReplicationConfiguration',
    what: 'a replica of images',
    paths: ['ReplicationConfiguration.Rules.*.Destinations.*.Region'],
  },
  { type: 'AWS::EFS::FileSystem', what: 'a replica', paths: ['ReplicationConfiguration.Destinations.*.Region'] },
];
