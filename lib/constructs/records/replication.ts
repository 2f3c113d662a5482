import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { RegionPlan } from '../../../regions/plan/types';
import { bucketArn, viaService } from './arns';
import type { BuiltVault } from './built-vault';
import { cfnBucketOf } from './cfn-bucket';

export interface ReplicationProps {
  readonly plan: RegionPlan;
  readonly vaults: readonly BuiltVault[];
}

/**
 * The second copy of the vaults. Buckets and keys of the copies are named, never referred to, because they lie in
 * another region; replicas keep their source's lock (S3 user guide, "Using Object Lock with S3 Replication").
 */
export class Replication extends Construct {
  constructor(scope: Construct, id: string, { plan, vaults }: ReplicationProps) {
    super(scope, id);
    const description = `Copies the vaults of ${plan.names.prefix} to ${plan.copies.region}`;
    const role = new iam.Role(this, 'Role', {
      roleName: plan.names.roles.replication,
      description,
      assumedBy: new iam.ServicePrincipal('s3.amazonaws.com'),
    });
    new iam.ManagedPolicy(this, 'Policy', {
      managedPolicyName: plan.names.roles.replication,
      description,
      roles: [role],
      statements: [...readSources(plan, vaults), ...writeCopies(plan, vaults)],
    });
    for (const vault of vaults) replicate(plan, vault, role);
  }
}

function replicate(plan: RegionPlan, { vault, bucket }: BuiltVault, role: iam.IRole): void {
  const { partition, account, copies, names } = plan;
  cfnBucketOf(bucket).replicationConfiguration = {
    role: role.roleArn,
    rules: [
      {
        id: 'SecondLockedCopy',
        status: 'Enabled',
        priority: 1,
        filter: { prefix: '' },
        deleteMarkerReplication: { status: 'Disabled' },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
        destination: {
          bucket: bucketArn(plan, names.buckets[vault.copy]),
          encryptionConfiguration: {
            replicaKmsKeyId: `arn:${partition}:kms:${copies.region}:${account}:${names.keyAliases[vault.copyKey]}`,
          },
        },
      },
    ],
  };
}

function readSources({ region }: RegionPlan, vaults: readonly BuiltVault[]): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({
      sid: 'ReadConfiguration',
      actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
      resources: vaults.map(({ bucket }) => bucket.bucketArn),
    }),
    new iam.PolicyStatement({
      sid: 'ReadVersionsAndLocks',
      actions: [
        's3:GetObjectVersionForReplication',
        's3:GetObjectVersionAcl',
        's3:GetObjectVersionTagging',
        's3:GetObjectRetention',
        's3:GetObjectLegalHold',
      ],
      resources: vaults.map(({ bucket }) => bucket.arnForObjects('*')),
    }),
    new iam.PolicyStatement({
      sid: 'DecryptSources',
      actions: ['kms:Decrypt'],
      resources: vaults.map(({ key }) => key.keyArn),
      conditions: { StringEquals: { 'kms:ViaService': viaService('s3', region) } },
    }),
  ];
}

function writeCopies(plan: RegionPlan, vaults: readonly BuiltVault[]): iam.PolicyStatement[] {
  const { partition, account, copies, names } = plan;
  return [
    new iam.PolicyStatement({
      sid: 'WriteReplicas',
      actions: ['s3:ReplicateObject', 's3:ReplicateTags'],
      resources: vaults.map(({ vault }) => `${bucketArn(plan, names.buckets[vault.copy])}/*`),
    }),
    // IAM takes no alias as a resource; the condition narrows the region's keys to those with the copies' aliases.
    new iam.PolicyStatement({
      sid: 'EncryptReplicas',
      actions: ['kms:Encrypt', 'kms:GenerateDataKey'],
      resources: [`arn:${partition}:kms:${copies.region}:${account}:key/*`],
      conditions: {
        StringEquals: { 'kms:ViaService': viaService('s3', copies.region) },
        'ForAnyValue:StringEquals': {
          'kms:ResourceAliases': vaults.map(({ vault }) => names.keyAliases[vault.copyKey]),
        },
      },
    }),
  ];
}
