import { isKnown } from '../templates/evaluate';
import { isRecord, type Resource } from '../templates/template-set';
import { shown, type Control } from './control';
import type { Evidence } from './evidence';
import { hidden, verdict, wrong, type Flaw } from './shared/flaws';
import { everyAt, leaving, regionOf } from './shared/places';
import { allowedList, isAllowed, RESIDENCY } from './shared/residency';
import { tagValue } from './shared/tags';

/** States the regions of copies in buckets that no template shows: the ARN of a bucket has no region. */
const REPLICA_TAG = 'voicecell:replica-jurisdiction';

export const RES_04: Control = {
  id: 'RES-04',
  title: 'Objects are replicated only into buckets inside the declared jurisdiction.',
  citations: RESIDENCY,
  severity: 'fatal',
  sources: ['A1'],
  checkedOn: '2026-11-22',
  builds: 'Replication of the vault into the copies stack, in another region of the same jurisdiction.',
  onTemplate:
    'The bucket of each replication rule is in these templates and its stack in an allowed region; for one that is not, the tag voicecell:replica-jurisdiction says where it lies.',
  live: 's3:GetBucketReplication; s3:HeadBucket of each destination',
  check: (evidence) =>
    evidence
      .ofType('AWS::S3::Bucket')
      .filter((bucket) => evidence.at(bucket, 'ReplicationConfiguration') !== undefined)
      .map((bucket) => {
        const ends = everyAt(evidence, bucket, 'ReplicationConfiguration.Rules.*').map((rule) =>
          endOf(evidence, bucket, rule),
        );
        const flaws = ends.flatMap((end) => end.flaws);
        const told = [...new Set(ends.flatMap((end) => end.told))].join('; ');
        return verdict(bucket, flaws, told || 'none of its rules is enabled');
      }),
};

/** Where one rule leads. */
interface End {
  readonly flaws: readonly Flaw[];
  readonly told: readonly string[];
}

function endOf(evidence: Evidence, bucket: Resource, rule: unknown): End {
  if (!isRecord(rule)) return flawed(hidden('a rule of its replication cannot be read; write it out'));
  if (rule['Status'] === 'Disabled') return { flaws: [], told: [] };
  const destination = isRecord(rule['Destination']) ? rule['Destination'] : {};
  const key = keyOf(destination['EncryptionConfiguration']);
  // S3 asks that the key lies where the replica does, so a key outside shows a replica outside.
  if (key !== undefined && regionOf(evidence, key) !== undefined) {
    const outside = leaving(evidence, 'a replica under the key of its rule', key);
    if (outside.length > 0) return { flaws: outside, told: [] };
  }
  return endIn(evidence, bucket, destination['Bucket']);
}

const keyOf = (encryption: unknown): unknown => (isRecord(encryption) ? encryption['ReplicaKmsKeyID'] : undefined);

function endIn(evidence: Evidence, bucket: Resource, target: unknown): End {
  const found = evidence.resourceOf(target, 'AWS::S3::Bucket');
  if (!found) return endByTag(evidence, bucket, target);
  const { region } = found.stack;
  if (region === undefined) return flawed(hidden(`it is replicated to ${found.logicalId}, whose stack has no region`));
  const flaws = leaving(evidence, 'a replica', region);
  return { flaws, told: [`it is replicated to ${region}`] };
}

function endByTag(evidence: Evidence, bucket: Resource, target: unknown): End {
  const tag = tagValue(evidence, bucket, REPLICA_TAG);
  const name = isKnown(target) ? shown(target) : 'a bucket that cannot be read';
  const regions = typeof tag === 'string' && isKnown(tag) ? tag.split(/[\s,;:/]+/).filter((word) => word !== '') : [];
  if (regions.length === 0)
    return flawed(
      hidden(`it is replicated to ${name}, which no template shows; state its region in tag ${REPLICA_TAG}`),
    );
  const outside = regions.filter((region) => !isAllowed(evidence, region));
  if (outside.length > 0)
    return flawed(wrong(`its tag ${REPLICA_TAG} says ${outside.join(', ')}; name one of ${allowedList(evidence)}`));
  return { flaws: [], told: [`it is replicated to ${name}, in ${regions.join(', ')} as its tag ${REPLICA_TAG} says`] };
}

const flawed = (flaw: Flaw): End => ({ flaws: [flaw], told: [] });
