import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { RegionPlan } from '../../../regions/plan/types';
import { type Reconciliation, reconciliationOf } from '../../../regions/plan/reconciliation';
import { allow, useKeys } from './access-policies';
import { bucketArn, viaService } from './arns';
import type { Ledger } from './ledger';

export interface ReconcilerReach {
  readonly plan: RegionPlan;
  readonly ledger: Ledger;
  /** Of the ledger. */
  readonly key: kms.IKey;
  readonly logGroup: logs.CfnLogGroup;
}

/**
 * Lists versions and asks for their locks; it can read no recording: it has neither `s3:GetObject` nor a key of the vaults, and
 * the retention of a version takes neither (S3 API, `GetObjectRetention`).
 */
export const reconcilerPolicy = ({
  plan,
  ledger: { table },
  key,
  logGroup,
}: ReconcilerReach): iam.PolicyStatement[] => {
  const arns = bucketsOf(reconciliationOf(plan)).map((name) => bucketArn(plan, name));
  return [
    allow('ReadLedger', ['dynamodb:Query'], [table.tableArn, `${table.tableArn}/index/byDay`]),
    useKeys('DecryptLedger', ['kms:Decrypt', 'kms:DescribeKey'], [key], viaService('dynamodb', plan.region)),
    allow('ListVersions', ['s3:ListBucketVersions'], arns),
    allow(
      'SeeLocks',
      ['s3:GetObjectRetention'],
      arns.map((arn) => `${arn}/*`),
    ),
    allow('Log', ['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.attrArn]),
  ];
};

const bucketsOf = ({ vaults }: Reconciliation): string[] => vaults.flatMap(({ bucket, copy }) => [bucket, copy]);
