import type { Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { bucketStatements, covers, isAllow, isPlain, keyStatements, type Statement } from '../policy';
import { isFlatDenial, keyTarget, loosened, objectsOf, touches, type Target } from './aims';
import { policiesOf, type RolePolicies } from './role-policies';

/** What a role may do to the buckets of records and to their keys. */
export type Power = 'write' | 'read' | 'delete' | 'administer the key of';

export interface Powers {
  readonly certain: ReadonlySet<Power>;
  /** Those and what cannot be ruled out, because it cannot be read. */
  readonly possible: ReadonlySet<Power>;
}

const ACTIONS: Readonly<Record<Power, readonly string[]>> = {
  write: ['s3:PutObject'],
  read: ['s3:GetObject', 's3:GetObjectVersion'],
  delete: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
  // Of AWS's list for key administrators, those that decide over the life and the rules of a key.
  'administer the key of': [
    'kms:PutKeyPolicy',
    'kms:ScheduleKeyDeletion',
    'kms:CancelKeyDeletion',
    'kms:DisableKey',
    'kms:EnableKey',
    'kms:EnableKeyRotation',
    'kms:DisableKeyRotation',
  ],
};

const POWERS = Object.keys(ACTIONS) as readonly Power[];

/** Powers by policies that AWS wrote; the others give none of them. */
const BY_AWS: Readonly<Record<string, readonly Power[]>> = {
  AdministratorAccess: POWERS,
  PowerUserAccess: POWERS,
  AmazonS3FullAccess: ['write', 'read', 'delete'],
  AmazonS3ReadOnlyAccess: ['read'],
  ReadOnlyAccess: ['read'],
};

type Guarded = Target & { readonly policy: readonly Statement[] };

/** Of each role; buckets and keys are looked up once. */
export function vaultPowers(evidence: Evidence): (role: Resource) => Powers {
  const vaults = evidence.vaults.map((bucket) => ({
    ...objectsOf(evidence, bucket),
    policy: bucketStatements(evidence, bucket),
  }));
  const keys = vaultKeys(evidence).map((key) => ({
    ...keyTarget(evidence, key),
    policy: keyStatements(evidence, key),
  }));
  return (role) => {
    const policies = policiesOf(evidence, role);
    const having = (answers: (power: Power) => boolean): ReadonlySet<Power> => new Set(POWERS.filter(answers));
    const granted = (guarded: Guarded): Guarded => ({
      ...guarded,
      policy: guarded.policy.filter(({ principals }) => principals.some((text) => evidence.denotes(text, role))),
    });
    const guarded = { buckets: vaults.map(granted), keys: keys.map(granted) };
    const of = (power: Power) => (power === 'administer the key of' ? guarded.keys : guarded.buckets);
    const certain = having((power) => isGiven(policies, of(power), power));
    return { certain, possible: having((power) => certain.has(power) || isPossible(policies, of(power), power)) };
  };
}

const isGiven = (policies: RolePolicies, targets: readonly Guarded[], power: Power): boolean =>
  targets.length > 0 &&
  (policies.managedByAws.some((name) => Object.hasOwn(BY_AWS, name) && BY_AWS[name]?.includes(power)) ||
    targets.some((target) => isAllowed(target, [...about(policies, target), ...target.policy], power)));

const isPossible = (policies: RolePolicies, targets: readonly Guarded[], power: Power): boolean =>
  targets.length > 0 &&
  (policies.isHidden ||
    targets.some((target) => {
      const statements = policies.statements.map((statement) => loosened(statement));
      return isAllowed(target, about({ ...policies, statements }, target), power);
    }));

const about = ({ statements }: RolePolicies, target: Target): readonly Statement[] =>
  statements.filter((statement) => isPlainOrLoose(statement) && touches(statement, target));

/** A statement whose actions and resources can be read, whatever its conditions: those are taken to hold. */
const isPlainOrLoose = ({ actions, resources, notActions, notResources, effect, principals }: Statement): boolean =>
  isPlain({ actions, resources, notActions, notResources, effect, principals, conditions: [] });

const isAllowed = (target: Target, statements: readonly Statement[], power: Power): boolean =>
  ACTIONS[power].some((action) => {
    const covering = statements.filter((statement) => covers(statement, action));
    return (
      covering.some((statement) => isAllow(statement)) && !covering.some((statement) => isFlatDenial(statement, target))
    );
  });

/** Keys that the buckets of records are encrypted with, an alias followed. */
function vaultKeys(evidence: Evidence): readonly Resource[] {
  const names = evidence.vaults.flatMap((bucket) =>
    evidence
      .list(bucket, 'BucketEncryption.ServerSideEncryptionConfiguration')
      .map((_, index) => evidence.at(bucket, `${RULES}.${index}.ServerSideEncryptionByDefault.KMSMasterKeyID`)),
  );
  const keys = names.flatMap((name) => {
    const alias = evidence.resourceOf(name, 'AWS::KMS::Alias');
    return evidence.resourceOf(alias ? evidence.at(alias, 'TargetKeyId') : name, 'AWS::KMS::Key') ?? [];
  });
  return [...new Set(keys)];
}

const RULES = 'BucketEncryption.ServerSideEncryptionConfiguration';
