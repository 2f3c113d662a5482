import { isKnown, UNKNOWN } from '../templates/evaluate';
import { asList, isRecord, type Resource } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { isTrue, numberIn } from './shared/records';
import { classTagsOf } from './shared/tags';

export const AVL_05: Control = {
  id: 'AVL-05',
  title: 'Call records can be brought back to any second of the last days.',
  citations: [{ authority: 'soc2', text: 'TSC 2017 A1.2' }],
  severity: 'error',
  sources: ['nag'],
  checkedOn: '2026-11-22',
  builds: 'A ledger with point-in-time recovery over 35 days.',
  onTemplate: 'Tables and databases of the class cdr have point-in-time recovery, every replica of a global table too.',
  live: 'dynamodb:DescribeContinuousBackups',
  check: (evidence) =>
    evidence
      .ofType(...Object.keys(RECOVERY))
      .filter((table) => classTagsOf(evidence, table).some((tag) => tag === 'cdr' || !isKnown(tag)))
      .map((table) => judge(evidence, table)),
};

/** Whether each part of a store recovers; a part that is not known as UNKNOWN. */
const RECOVERY: Readonly<Record<string, (evidence: Evidence, store: Resource) => readonly unknown[]>> = {
  'AWS::DynamoDB::Table': (evidence, table) => [evidence.at(table, PITR)],
  'AWS::DynamoDB::GlobalTable': (evidence, table) => {
    const replicas = evidence.at(table, 'Replicas');
    return Array.isArray(replicas) ? replicas.map(ofReplica) : [replicas];
  },
  'AWS::RDS::DBCluster': (evidence, store) => [backedUp(evidence.at(store, 'BackupRetentionPeriod') ?? 1)],
  // An instance of a cluster recovers with it.
  'AWS::RDS::DBInstance': (evidence, store) => [
    evidence.at(store, 'DBClusterIdentifier') !== undefined ||
      backedUp(evidence.at(store, 'BackupRetentionPeriod') ?? 1),
  ],
};

const PITR = 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled';

function ofReplica(replica: unknown): unknown {
  const specification = isRecord(replica) ? replica['PointInTimeRecoverySpecification'] : replica;
  return isRecord(specification) ? specification['PointInTimeRecoveryEnabled'] : specification;
}

/** A period above 0 switches recovery on; left out, RDS keeps one day. */
const backedUp = (period: unknown): unknown => (isKnown(period) ? numberIn(period) > 0 : UNKNOWN);

function judge(evidence: Evidence, store: Resource): Judgement {
  const parts = asList(RECOVERY[store.type]?.(evidence, store));
  if (parts.length > 0 && parts.every(isTrue)) return met(store, 'it can be brought back to any second');
  return isKnown([parts, classTagsOf(evidence, store)])
    ? unmet(store, `it has no point-in-time recovery; set ${PITR} (of RDS, BackupRetentionPeriod)`)
    : unclear(store, 'its recovery or class cannot be read; write them out');
}
