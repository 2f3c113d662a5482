import * as iam from 'aws-cdk-lib/aws-iam';
import type { RegionPlan } from '../../../regions/plan/types';
import { VAULTS } from '../../../regions/plan/vaults';
import { allow, buckets, objects, type Policy } from './access-policies';
import { bucketArn } from './arns';
import type { DataKeys } from './region-records';

/**
 * Administers keys, but neither uses nor destroys them: it can grant nothing, because grants are a way to use, and write no
 * key policy, because a policy could lift the guards. Policies change with the templates.
 */
export const keyAdminPolicy: Policy = ({ plan, keys }) => [
  allow('AdministerKeys', KEY_ADMINISTRATION, everyKey(keys)),
  onCopyKeys(plan, 'AdministerCopyKeys', KEY_ADMINISTRATION),
];

/** Destroys what the guards protect from everybody else; reads nothing. */
export const breakGlassPolicy: Policy = (stores) => {
  const { plan, keys, vaults } = stores;
  const { buckets: names } = plan.names;
  const copies = VAULTS.map(({ copy }) => names[copy]);
  const byName = [...copies, names.logs, names.logsCopy].map((name) => bucketArn(plan, name));
  return [
    allow('DestroyKeys', KEY_DESTRUCTION, everyKey(keys)),
    onCopyKeys(plan, 'DestroyCopyKeys', KEY_DESTRUCTION),
    allow(
      'DeleteRecords',
      ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention'],
      [...objects(vaults), ...byName.map((arn) => `${arn}/*`)],
    ),
    allow('ListRecords', ['s3:ListBucket', 's3:ListBucketVersions'], [...buckets(vaults), ...byName]),
  ];
};

const KEY_ADMINISTRATION = [
  'kms:CancelKeyDeletion',
  'kms:DescribeKey',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:RevokeGrant',
  'kms:RotateKeyOnDemand',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateKeyDescription',
];

const KEY_DESTRUCTION = [
  'kms:CancelKeyDeletion',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:EnableKey',
  'kms:GetKeyPolicy',
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
];

/** Keys of the copies, known by alias only: they lie in another region's stack. */
const onCopyKeys = (
  { partition, account, copies, names }: RegionPlan,
  sid: string,
  actions: string[],
): iam.PolicyStatement =>
  new iam.PolicyStatement({
    sid,
    actions,
    resources: [`arn:${partition}:kms:${copies.region}:${account}:key/*`],
    conditions: {
      'ForAnyValue:StringEquals': {
        'kms:ResourceAliases': [
          ...VAULTS.map(({ copyKey }) => names.keyAliases[copyKey]),
          names.keyAliases.copiesTopic,
        ],
      },
    },
  });

const everyKey = ({ recording, transcript, cdr, posture, log, topic, volume, weights }: DataKeys): string[] =>
  [recording, transcript, cdr, posture, log, topic, volume, weights].map((key) => key.keyArn);
