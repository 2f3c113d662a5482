import type { Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { bucketStatements, covers, isAllow, isPlain, keyStatements, type Statement } from '../policy';
import { isFlatDenial, keyTarget, loosened, objectsOf, touches, type Target } from './aims';
import { rolePolicies, type RolePolicies } from './role-policies';

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

/** A bucket's objects or a key, with what its own policy says. */
type Guarded = Target & {
  readonly policy: readonly Statement[];
  readonly to: (role: Resource) => readonly Statement[];
};

/** What is said of one of them to one role: as written, and with all that cannot be read taken for everything. */
interface Said {
  readonly target: Target;
  readonly certain: readonly Statement[];
  readonly possible: readonly Statement[];
}

const known = new WeakMap<Evidence, (role: Resource) => Powers>();

/** Of each role; worked out once, for several controls ask. */
export function vaultPowers(evidence: Evidence): (role: Resource) => Powers {
  const powersOf = known.get(evidence) ?? remembered(powersIn(evidence));
  known.set(evidence, powersOf);
  return powersOf;
}

function remembered(powersOf: (role: Resource) => Powers): (role: Resource) => Powers {
  const found = new Map<Resource, Powers>();
  return (role) => {
    const powers = found.get(role) ?? powersOf(role);
    found.set(role, powers);
    return powers;
  };
}

/** Buckets, keys and attachments are looked up once. */
function powersIn(evidence: Evidence): (role: Resource) => Powers {
  const vaults = evidence.vaults.map((bucket) => ({
    ...objectsOf(evidence, bucket),
    ...said(evidence, bucketStatements(evidence, bucket)),
  }));
  const keys = vaultKeys(evidence).map((key) => ({
    ...keyTarget(evidence, key),
    ...said(evidence, keyStatements(evidence, key)),
  }));
  const policiesOf = rolePolicies(evidence);
  const granted = rolesGranted(evidence, [...vaults, ...keys]);
  return (role) => {
    const policies = policiesOf(role);
    if (isHarmless(policies) && !granted.has(role)) return NO_POWERS;
    const own = mattering(policies);
    const saidOf = (guarded: Guarded): Said => ({ target: guarded, ...about(own, guarded, guarded.to(role)) });
    const [ofVaults, ofKeys] = [vaults.map(saidOf), keys.map(saidOf)];
    return powersFrom(policies, (power) => (power === 'administer the key of' ? ofKeys : ofVaults));
  };
}

/** A policy, with what it says to each role. */
function said(evidence: Evidence, policy: readonly Statement[]): Pick<Guarded, 'policy' | 'to'> {
  const toRoles = new Map<Resource, Statement[]>();
  for (const statement of policy)
    for (const role of new Set(statement.principals.flatMap((one) => evidence.allOf(one, 'AWS::IAM::Role')))) {
      const known = toRoles.get(role);
      if (known) known.push(statement);
      else toRoles.set(role, [statement]);
    }
  return { policy, to: (role) => toRoles.get(role) ?? [] };
}

const NO_POWERS: Powers = { certain: new Set(), possible: new Set() };

/** Roles that a bucket's or a key's own policy names. */
const rolesGranted = (evidence: Evidence, guarded: readonly Guarded[]): ReadonlySet<Resource> =>
  new Set(
    guarded
      .flatMap(({ policy }) => policy.flatMap(({ principals }) => principals))
      .flatMap((principal) => evidence.resourceOf(principal, 'AWS::IAM::Role') ?? []),
  );

/** Nothing of S3 or KMS in its own policies, which most roles have none of. */
const isHarmless = ({ statements, managedByAws, isHidden }: RolePolicies): boolean =>
  !isHidden &&
  managedByAws.length === 0 &&
  statements.every(
    ({ actions, notActions }) => notActions.length === 0 && !actions.some((action) => MATTERS.test(action)),
  );

/** Wildcards, what is not known, and the two services whose powers are asked for. */
const MATTERS = /^(?:s3|kms):|[*?]|[^\x20-\x7e]/i;

function powersFrom(policies: RolePolicies, saidFor: (power: Power) => readonly Said[]): Powers {
  const certain = POWERS.filter(
    (power) =>
      saidFor(power).length > 0 &&
      (policies.managedByAws.some((name) => Object.hasOwn(BY_AWS, name) && BY_AWS[name]?.includes(power)) ||
        saidFor(power).some((said) => isAllowed(said.target, said.certain, power))),
  );
  const possible = POWERS.filter(
    (power) =>
      saidFor(power).length > 0 &&
      (policies.isHidden ||
        saidFor(power).some((said) => said.possible !== said.certain && isAllowed(said.target, said.possible, power))),
  );
  return { certain: new Set(certain), possible: new Set([...certain, ...possible]) };
}

/** A role's own statements as written, and with all that cannot be read taken for everything. */
interface Own {
  readonly readable: readonly Statement[];
  readonly loose: readonly Statement[];
}

/** Conditions are taken to hold; actions and resources that cannot be read are certain of nothing. */
function mattering({ statements }: RolePolicies): Own {
  const readable = statements.filter((statement) => isPlain({ ...statement, conditions: [] }));
  const loose = statements.length === readable.length ? readable : statements.map((statement) => loosened(statement));
  const kept = readable.filter(isOnPowers);
  return { readable: kept, loose: loose === readable ? kept : loose.filter(isOnPowers) };
}

const ALL_ACTIONS = Object.values(ACTIONS).flat();

const isOnPowers = (statement: Statement): boolean => ALL_ACTIONS.some((action) => covers(statement, action));

function about(
  { readable, loose }: Own,
  target: Target,
  granted: readonly Statement[],
): Pick<Said, 'certain' | 'possible'> {
  const onTarget = (own: readonly Statement[]): readonly Statement[] => {
    const touching = own.filter((statement) => touches(statement, target));
    return granted.length > 0 ? [...touching, ...granted] : touching;
  };
  const certain = onTarget(readable);
  return { certain, possible: loose === readable ? certain : onTarget(loose) };
}

const isAllowed = (target: Target, statements: readonly Statement[], power: Power): boolean =>
  statements.length > 0 &&
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
