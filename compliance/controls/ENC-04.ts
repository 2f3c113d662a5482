import { isKnown } from '../templates/evaluate';
import { asList, type Resource } from '../templates/template-set';
import { met, shown, unclear, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { covers, isDeny, isForAll, isPlain, keyStatements, type Statement } from './policy';
import { keyOwner } from './shared/customer-key';
import { isExemption, isNamedPrincipal } from './shared/exemptions';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { kmsKeyOf } from './shared/kms-keys';
import { isTrue, numberIn } from './shared/records';

/** Object Lock keeps an object, but not the key without which nobody can read it (S3 user guide, Object Lock considerations). */
export const ENC_04: Control = {
  id: 'ENC-04',
  title: 'A key that records are encrypted with cannot be destroyed or disabled but by break-glass.',
  citations: [
    { authority: 'finra', text: '17 CFR 240.17a-4(f)' },
    { authority: 'house', text: 'a record that is kept can be read' },
  ],
  severity: 'fatal',
  sources: ['A1', 'A7'],
  checkedOn: '2026-11-22',
  builds:
    'Keys that only break-glass may destroy or disable, with the longest waiting period, kept when their stack goes.',
  onTemplate:
    'The policy of each vault’s and each replica’s key, and of each key tagged with a class of records, denies deletion and disabling to all but named principals; the window is 30 days; the key is enabled and retained.',
  live: 'kms:DescribeKey; kms:GetKeyPolicy',
  check(evidence) {
    const uses = evidence.vaults.flatMap((vault) => keyUses(evidence, vault));
    const keys = uses.map(({ vault, value }) => kmsKeyOf(evidence, value, vault));
    const all = new Set([...keys, ...evidence.holding('AWS::KMS::Key', ...RECORDS)]);
    const guarded = [...all].flatMap((key) => (key ? judgeKeyItself(evidence, key) : []));
    return [...guarded, ...uses.flatMap((use, index) => (keys[index] ? [] : judgeElsewhere(use)))];
  },
};

/** Spools have a key of their own, and hold the only copy of a record until it is uploaded. */
const RECORDS = ['recording', 'voicemail', 'transcript'] as const;

/** A key that objects of a vault are, or their replicas will be, encrypted with. */
interface KeyUse {
  readonly vault: Resource;
  readonly value: unknown;
}

const BY_DEFAULT = 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.KMSMasterKeyID';
const RULES = 'ReplicationConfiguration.Rules';

function keyUses(evidence: Evidence, vault: Resource): KeyUse[] {
  const replicas = asList(evidence.at(vault, RULES)).map((_, index) =>
    evidence.at(vault, `${RULES}.${index}.Destination.EncryptionConfiguration.ReplicaKmsKeyID`),
  );
  const named = replicas.filter((value) => value !== undefined);
  return [evidence.at(vault, BY_DEFAULT), ...named].map((value) => ({ vault, value }));
}

function judgeElsewhere({ vault, value }: KeyUse): Judgement {
  const owner = keyOwner(value);
  if (owner === 'aws' || owner === 'nobody') return met(vault, 'its key is of AWS, and no customer can destroy it');
  const which = owner === 'customer' ? `its key ${shown(value)} is not in these templates` : 'its key cannot be read';
  return unclear(vault, `${which}; name a key of these templates, or show that its policy guards it`);
}

function judgeKeyItself(evidence: Evidence, key: Resource): Judgement {
  const flaws = [
    ...policyFlaws(evidence, key),
    ...useFlaws(evidence, key),
    ...windowFlaws(evidence, key),
    ...removalFlaws(key),
  ];
  return verdict(
    key,
    flaws,
    'only named principals can destroy or disable it, after 30 days, and it outlives its stack',
  );
}

function policyFlaws(evidence: Evidence, key: Resource): Flaw[] {
  const statements = keyStatements(evidence, key);
  const origin = evidence.at(key, 'Origin');
  // Material that was imported can be deleted at once, without any waiting period.
  const imported = origin === undefined || origin === 'AWS_KMS' ? [] : ['kms:DeleteImportedKeyMaterial'];
  const open = ['kms:ScheduleKeyDeletion', 'kms:DisableKey', ...imported].filter(
    (action) => !statements.some((statement) => isDenyToAll(statement) && covers(statement, action)),
  );
  if (open.length === 0) return [];
  if (!isKnown(evidence.at(key, 'KeyPolicy'))) return [hidden('its policy cannot be read; write KeyPolicy out')];
  return [wrong(`its policy does not deny ${open.join(' and ')} to all but named principals; add the denial`)];
}

const isDenyToAll = (statement: Statement): boolean =>
  isDeny(statement) &&
  isPlain(statement) &&
  isForAll(statement) &&
  statement.resources.includes('*') &&
  statement.conditions.every((condition) => isExemption(condition) && condition.values.every(isNamedPrincipal));

/** A key that is disabled, or waits for its end, opens no record. */
function useFlaws(evidence: Evidence, key: Resource): Flaw[] {
  const enabled = evidence.at(key, 'Enabled') ?? true;
  if (!isKnown(enabled)) return [hidden('whether it is in use cannot be read; set Enabled to true')];
  return isTrue(enabled) ? [] : [wrong('it is disabled, so that nothing under it can be read; set Enabled to true')];
}

/** KMS waits for 30 days where nothing is said. */
function windowFlaws(evidence: Evidence, key: Resource): Flaw[] {
  const window = evidence.at(key, 'PendingWindowInDays') ?? 30;
  if (!isKnown(window)) return [hidden('its waiting period cannot be read; write PendingWindowInDays out')];
  return numberIn(window) === 30
    ? []
    : [wrong(`its waiting period is ${shown(window)} days; set PendingWindowInDays to 30`)];
}

function removalFlaws({ body: { DeletionPolicy, UpdateReplacePolicy } }: Resource): Flaw[] {
  const isKept = DeletionPolicy === 'Retain' || DeletionPolicy === 'RetainExceptOnCreate';
  return [
    ...removalFlaw('DeletionPolicy', DeletionPolicy, isKept),
    ...removalFlaw('UpdateReplacePolicy', UpdateReplacePolicy, UpdateReplacePolicy === 'Retain'),
  ];
}

function removalFlaw(name: string, value: unknown, isKept: boolean): Flaw[] {
  if (isKept) return [];
  if (typeof value === 'object' && value !== null) return [hidden(`its ${name} cannot be read; write Retain`)];
  return [wrong(`its ${name} is ${shown(value)}; set it to Retain`)];
}
