import { UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { StopLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { UpdateContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import { PutImageTagMutabilityCommand } from '@aws-sdk/client-ecr';
import { DisableKeyRotationCommand } from '@aws-sdk/client-kms';
import { DeletePublicAccessBlockCommand, PutObjectLockConfigurationCommand } from '@aws-sdk/client-s3';
import { stackName } from '../../../regions/plan/stacks';
import { keyArn } from '../assertions/key-arn';
import type { Spoiling, Victim } from './spoil';

/** What protects records, weakened. */
export const recordsSpoilings = (victim: Victim): Spoiling[] => [...vaultSpoilings(victim), ...otherSpoilings(victim)];

function vaultSpoilings({ plan, region }: Victim): Spoiling[] {
  const { recordings, transcripts } = plan.names.buckets;
  const { recording } = plan.names.keyAliases;
  return [
    { assertion: `bucket ${recordings}: Object Lock`, spoil: () => lockOtherwise({ plan, region }) },
    {
      assertion: `bucket ${transcripts}: blocked to the public, versioned, owned`,
      spoil: () => region.s3.send(new DeletePublicAccessBlockCommand({ Bucket: transcripts })),
    },
    {
      assertion: `key ${recording}: state and rotation`,
      spoil: async () => region.kms.send(new DisableKeyRotationCommand({ KeyId: await keyArn(region, recording) })),
    },
  ];
}

/** The other mode: a sandbox keeps records for so short a time that fewer days cannot be asked for. */
function lockOtherwise({ plan, region }: Pick<Victim, 'plan' | 'region'>): Promise<unknown> {
  const { lockMode, days } = plan.retention.recording;
  const Mode = lockMode === 'COMPLIANCE' ? 'GOVERNANCE' : 'COMPLIANCE';
  return region.s3.send(
    new PutObjectLockConfigurationCommand({
      Bucket: plan.names.buckets.recordings,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode, Days: days } } },
    }),
  );
}

function otherSpoilings({ plan, region }: Victim): Spoiling[] {
  const { ledgerTable: TableName, trail: Name, repositories, prefix } = plan.names;
  const StackName = stackName(prefix, 'records');
  const recovery = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } };
  const movable = { repositoryName: repositories.llm, imageTagMutability: 'MUTABLE' } as const;
  return [
    {
      assertion: `table ${TableName}: point-in-time recovery`,
      spoil: () => region.dynamodb.send(new UpdateContinuousBackupsCommand({ TableName, ...recovery })),
    },
    {
      assertion: `trail ${Name}: logging`,
      spoil: () => region.cloudtrail.send(new StopLoggingCommand({ Name })),
    },
    {
      assertion: `repository ${repositories.llm}`,
      spoil: () => region.ecr.send(new PutImageTagMutabilityCommand(movable)),
    },
    {
      assertion: `stack ${StackName}: protected from deletion`,
      spoil: () =>
        region.cloudformation.send(
          new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection: false }),
        ),
    },
  ];
}
