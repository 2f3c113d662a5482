import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SPOOL_FAULT_TAG } from '../../tags';
import { viaService } from '../records/arns';
import type { CellContext } from './cell-context';

/**
 * Lets a media node adopt spools of its cell: attach and detach them, only itself and its like, mark them, and delete them once
 * they are free. Actions, resource types and condition keys: EC2 section of the service authorization reference.
 */
export function adoptSpoolStatements(context: CellContext): PolicyStatement[] {
  const { plan, cell } = context;
  const ec2 = `arn:${plan.partition}:ec2:${plan.region}:${plan.account}`;
  const ofCell = {
    'aws:ResourceTag/voicecell:deployment': plan.deployment,
    'aws:ResourceTag/voicecell:cell': cell.azId,
  };
  const spools = { ...ofCell, 'aws:ResourceTag/voicecell:spool': cell.azId };
  return [
    // Takes no resource.
    new PolicyStatement({ actions: ['ec2:DescribeVolumes'], resources: ['*'] }),
    new PolicyStatement({
      actions: ['ec2:AttachVolume', 'ec2:DetachVolume', 'ec2:DeleteVolume'],
      resources: [`${ec2}:volume/*`],
      conditions: { StringEquals: spools },
    }),
    new PolicyStatement({
      actions: ['ec2:AttachVolume', 'ec2:DetachVolume'],
      resources: [`${ec2}:instance/*`],
      conditions: { StringEquals: { ...ofCell, 'aws:ResourceTag/voicecell:tier': 'media' } },
    }),
    new PolicyStatement({
      actions: ['ec2:CreateTags'],
      resources: [`${ec2}:volume/*`],
      // A request without tags would have none that differs.
      conditions: {
        StringEquals: spools,
        'ForAllValues:StringEquals': { 'aws:TagKeys': [SPOOL_FAULT_TAG] },
        Null: { 'aws:TagKeys': 'false' },
      },
    }),
    ...volumeKeyStatements(context),
  ];
}

/**
 * EC2 opens an attached volume by a grant that its caller makes for it (EBS user guide, "How Amazon EBS encryption works" and
 * "Requirements for Amazon EBS encryption", of whose permissions those for copies and new volumes are left out).
 */
function volumeKeyStatements({ plan, records }: CellContext): PolicyStatement[] {
  const throughEc2 = { 'kms:ViaService': viaService('ec2', plan.region) };
  const resources = [records.keys.volume.keyArn];
  return [
    new PolicyStatement({
      actions: ['kms:CreateGrant'],
      resources,
      conditions: { StringEquals: throughEc2, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
    new PolicyStatement({
      actions: ['kms:Decrypt', 'kms:DescribeKey'],
      resources,
      conditions: { StringEquals: throughEc2 },
    }),
  ];
}
