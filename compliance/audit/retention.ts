import { DATA_CLASSES, type DataClass } from '../../regions/config/schema';
import type { Evidence } from '../controls/evidence';
import { areRulesKnown, FILTERS, isForAllObjects, lifecycleRules } from '../controls/shared/lifecycle';
import { lockOf } from '../controls/shared/object-lock';
import { isTrue, numberIn } from '../controls/shared/records';
import { classTagsOf } from '../controls/shared/tags';
import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import type { AuditUnit } from './findings';
import type { KeptStore, RetentionRow } from './posture';

/** What is asked and what is kept, class by class. */
export function retentionOf({ name, evidence }: AuditUnit): RetentionRow[] {
  return DATA_CLASSES.flatMap((dataClass) => {
    const { floorDays, ceilingDays, accessibleDays, lockMode, clock, sides } = evidence.scope.requirements[dataClass];
    const stores = storesOf(evidence, dataClass);
    if (floorDays === 0 && ceilingDays === undefined && stores.length === 0) return [];
    return {
      unit: name,
      dataClass,
      floorDays,
      ...(ceilingDays === undefined ? {} : { ceilingDays }),
      accessibleDays,
      ...(lockMode ? { lockMode } : {}),
      clock,
      because: sides.floor,
      stores,
    };
  });
}

const storesOf = (evidence: Evidence, dataClass: DataClass): KeptStore[] =>
  Object.entries(KEPT).flatMap(([type, kept]) =>
    evidence
      .ofType(type)
      .filter((store) => classTagsOf(evidence, store).includes(dataClass))
      .map((store) => ({ ...placeOf(store), ...kept(evidence, store) })),
  );

const placeOf = ({ stack, logicalId }: Resource): Pick<KeptStore, 'region' | 'stack' | 'resource'> => ({
  ...(stack.region === undefined ? {} : { region: stack.region }),
  stack: stack.name,
  resource: logicalId,
});

type Kept = (evidence: Evidence, store: Resource) => Pick<KeptStore, 'days' | 'isForever' | 'lockMode'>;

/** Without a lock a bucket keeps until a rule for all of it disposes, and nothing stops who may delete. */
const unlocked: Kept = (evidence, bucket) => {
  if (!areRulesKnown(evidence, bucket, ['ExpirationInDays', ...FILTERS])) return {};
  const ends = lifecycleRules(evidence, bucket)
    .filter(isForAllObjects)
    .flatMap(({ ExpirationInDays: days }) => (days === undefined ? [] : numberIn(days)));
  return ends.length > 0 ? { days: Math.min(...ends) } : { isForever: true };
};

const ofTable: Kept = (evidence, table) => {
  const expires = evidence.at(table, 'TimeToLiveSpecification.Enabled');
  return isKnown(expires) && !isTrue(expires) ? { isForever: true } : {};
};

const KEPT: Readonly<Record<string, Kept>> = {
  'AWS::S3::Bucket': (evidence, bucket) => {
    const { known, enabled, days, holdDays, mode } = lockOf(evidence, bucket);
    if (!known) return {};
    if (!enabled) return unlocked(evidence, bucket);
    return { days: Math.max(days, holdDays), ...(typeof mode === 'string' ? { lockMode: mode } : {}) };
  },
  'AWS::Logs::LogGroup': (evidence, group) => {
    const days = evidence.at(group, 'RetentionInDays');
    if (days === undefined) return { isForever: true };
    return isKnown(days) ? { days: numberIn(days) } : {};
  },
  'AWS::DynamoDB::Table': ofTable,
  'AWS::DynamoDB::GlobalTable': ofTable,
};
