import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { tag, type VoicecellTags } from '../../tags';
import { deny } from './deny';
import type { Guardians } from './guardians';

export interface GuardedKeyProps {
  /** With the `alias/` prefix. */
  readonly alias: string;
  readonly description: string;
  readonly dataClass: NonNullable<VoicecellTags['dataClass']>;
  readonly guardians: Guardians;
  /**
   * What services may do with the key; people and roles of the account get theirs from IAM.
   * @default nothing
   */
  readonly grants?: iam.PolicyStatement[];
}

/**
 * A rotating, retained key that only break-glass can destroy: Object Lock keeps an object but not the key it is
 * encrypted with (S3 user guide, Object Lock considerations).
 */
export class GuardedKey extends Construct {
  readonly key: kms.IKey;

  constructor(scope: Construct, id: string, props: GuardedKeyProps) {
    super(scope, id);
    this.key = new kms.Key(this, 'Key', {
      description: props.description,
      enableKeyRotation: true,
      pendingWindow: LONGEST_PENDING_WINDOW,
      removalPolicy: RemovalPolicy.RETAIN,
      policy: keyPolicy(props),
    });
    new kms.Alias(this, 'Alias', {
      aliasName: props.alias,
      targetKey: this.key,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    tag(this, { dataClass: props.dataClass });
  }
}

const LONGEST_PENDING_WINDOW = Duration.days(30);

const THIS_KEY = ['*'];

function keyPolicy({ guardians, grants = [] }: GuardedKeyProps): iam.PolicyDocument {
  const { deployer, breakGlass } = guardians;
  return new iam.PolicyDocument({
    statements: [
      accountAdministersByIam(),
      deny({ sid: 'DenyDestruction', actions: DESTRUCTION, resources: THIS_KEY, except: [breakGlass] }),
      deny({
        sid: 'DenyReconfiguration',
        actions: RECONFIGURATION,
        resources: THIS_KEY,
        except: [deployer, breakGlass],
      }),
      ...grants,
    ],
  });
}

const DESTRUCTION = ['kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:DeleteImportedKeyMaterial'];

/** A new policy could lift the denies, and replicas of the vault find their key by its alias. */
const RECONFIGURATION = ['kms:PutKeyPolicy', 'kms:DisableKeyRotation', 'kms:UpdateAlias', 'kms:DeleteAlias'];

function accountAdministersByIam(): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'AccountAdministersByIam',
    principals: [new iam.AccountRootPrincipal()],
    actions: ['kms:*'],
    resources: THIS_KEY,
  });
}
