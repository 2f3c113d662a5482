import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { CfnFunction, CfnPermission } from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { reconciledDaysAgo, reconciliationOf } from '../../../regions/plan/reconciliation';
import type { RegionPlan } from '../../../regions/plan/types';
import { tag } from '../../tags';
import type { Ledger } from './ledger';
import { reconcilerCode } from './reconciler-code';
import { reconcilerPolicy } from './reconciler-policy';
import { ServiceRole } from './service-role';

export interface ReconcilerProps {
  readonly plan: RegionPlan;
  readonly ledger: Ledger;
  /** Of the ledger. */
  readonly key: kms.IKey;
  readonly logKey: kms.IKey;
}

/**
 * Compares the ledger with the vaults and their copies, some days every day, with nobody asking. It runs outside the VPC, from
 * which no copy in another region can be reached.
 */
export class Reconciler extends Construct {
  private readonly props: ReconcilerProps;

  constructor(scope: Construct, id: string, props: ReconcilerProps) {
    super(scope, id);
    this.props = props;
    this.schedule(this.compute(this.log()));
    tag(this, { dataClass: 'log' });
  }

  private log(): logs.CfnLogGroup {
    const { plan, logKey } = this.props;
    const group = new logs.CfnLogGroup(this, 'LogGroup', {
      logGroupName: `${plan.names.logGroupPrefix}/reconciler`,
      kmsKeyId: logKey.keyArn,
      retentionInDays: plan.retention.log.logGroupDays,
      deletionProtectionEnabled: true,
    });
    group.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return group;
  }

  private compute(logGroup: logs.CfnLogGroup): CfnFunction {
    const { plan, ledger, key } = this.props;
    const description = `Compares ledger, vaults and copies of ${plan.names.prefix}`;
    const role = new ServiceRole(this, 'Role', {
      trusts: new ServicePrincipal('lambda.amazonaws.com'),
      description,
      statements: reconcilerPolicy({ plan, ledger, key, logGroup }),
    });
    const code = this.code();
    const compared = new CfnFunction(this, 'Function', {
      functionName: plan.names.reconciler,
      description,
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      code: { s3Bucket: code.s3BucketName, s3Key: code.s3ObjectKey },
      role: role.arn,
      // A whole virtual CPU, and as long as there is (Lambda developer guide, "Lambda quotas").
      memorySize: 1769,
      timeout: 900,
      // Days of one run wait for each other, so that S3 is not asked for all at once.
      reservedConcurrentExecutions: 1,
      environment: { variables: { RECONCILIATION: JSON.stringify(reconciliationOf(plan)) } },
      loggingConfig: { logGroup: logGroup.ref, logFormat: 'Text' },
    });
    compared.node.addDependency(role.policy);
    return compared;
  }

  /** The CDK takes a folder, of which it makes its own copy at once. What is synthesised without assets has none of the code. */
  private code(): Asset {
    const folder = mkdtempSync(join(tmpdir(), 'voicecell-'));
    writeFileSync(join(folder, 'index.js'), Stack.of(this).bundlingRequired ? reconcilerCode() : '');
    const code = new Asset(this, 'Code', { path: folder });
    rmSync(folder, { recursive: true });
    return code;
  }

  /** An hour when the calls of the day before have ended and been stored, and few are on. A rule has at most five targets. */
  private schedule({ attrArn: arn }: CfnFunction): void {
    const { plan } = this.props;
    const rule = new CfnRule(this, 'Schedule', {
      description: `Compares ledger, vaults and copies of ${plan.names.prefix} every day`,
      scheduleExpression: 'cron(20 5 * * ? *)',
      targets: reconciledDaysAgo(reconciliationOf(plan)).map((daysAgo) => ({
        id: `DaysAgo${daysAgo}`,
        arn,
        inputTransformer: { inputPathsMap: { time: '$.time' }, inputTemplate: `{"time":<time>,"daysAgo":${daysAgo}}` },
      })),
    });
    new CfnPermission(this, 'Invoke', {
      action: 'lambda:InvokeFunction',
      functionName: arn,
      principal: 'events.amazonaws.com',
      sourceArn: rule.attrArn,
      sourceAccount: plan.account,
    });
  }
}
