import { isKnown } from '../templates/evaluate';
import type { Resource } from '../templates/template-set';
import { met, unclear, unmet, type Control, type Judgement } from './control';
import type { Evidence } from './evidence';
import { leaving } from './shared/places';
import { isTrue } from './shared/records';
import { verdict, type Flaw } from './shared/flaws';
import { RESIDENCY } from './shared/residency';

/** Whoever may replicate a multi-Region key takes the key material, and with it what it protects, to any region. */
export const RES_06: Control = {
  id: 'RES-06',
  title: 'Keys stay in one region, or in regions of the declared jurisdiction.',
  citations: RESIDENCY,
  severity: 'error',
  sources: ['A10'],
  checkedOn: '2026-11-22',
  builds: 'Single-Region keys; the copies of the vault have keys of their own.',
  onTemplate: 'No key is multi-Region unless its replicas are in these templates, all in allowed regions.',
  live: 'kms:DescribeKey (MultiRegionConfiguration)',
  check: (evidence) => {
    const replicas = evidence.ofType('AWS::KMS::ReplicaKey');
    return [
      ...evidence.ofType('AWS::KMS::Key').map((key) => judge(evidence, key, replicas)),
      ...replicas.map((replica) =>
        verdict(replica, replicaFlaws(evidence, replica), 'it and its primary key stay inside'),
      ),
    ];
  },
};

function judge(evidence: Evidence, key: Resource, replicas: readonly Resource[]): Judgement {
  const multiRegion = evidence.at(key, 'MultiRegion');
  if (!isKnown(multiRegion)) return unclear(key, 'MultiRegion cannot be read; write false');
  if (!isTrue(multiRegion)) return met(key, 'it stays in its region');
  const own = replicas.filter((replica) => evidence.resourceOf(evidence.at(replica, 'PrimaryKeyArn')) === key);
  if (own.length === 0)
    return unmet(key, 'it is multi-Region and may be replicated anywhere; drop MultiRegion, or show its replicas');
  const flaws = own.flatMap((replica) => leaving(evidence, 'a replica', replica.stack.region));
  return verdict(key, flaws, 'its replicas are in allowed regions');
}

const replicaFlaws = (evidence: Evidence, replica: Resource): readonly Flaw[] => [
  ...leaving(evidence, 'it', replica.stack.region),
  ...leaving(evidence, 'its primary key', evidence.at(replica, 'PrimaryKeyArn')),
];
