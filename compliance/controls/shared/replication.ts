import { isKnown } from '../../templates/evaluate';
import { isRecord, type Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { isForAllObjects, type LifecycleRule } from './lifecycle';

export type ReplicationRule = LifecycleRule;

/** Rules that are, or may be, in force. */
export const replicationRules = (evidence: Evidence, bucket: Resource): readonly ReplicationRule[] =>
  evidence.list(bucket, 'ReplicationConfiguration.Rules').filter(({ Status: status }) => status !== 'Disabled');

/** ARN of the bucket a rule copies to. */
export const destinationOf = ({ Destination: destination }: ReplicationRule): unknown =>
  isRecord(destination) ? destination['Bucket'] : undefined;

/** Whether a rule copies every object: no prefix, no tag, be they stated the old way or the new. */
export const copiesAll = (rule: ReplicationRule): boolean => {
  const { Filter: filter } = rule;
  const isEmpty = !isRecord(filter) || Object.values(filter).every((value) => value === '');
  return isForAllObjects(rule) && isEmpty;
};

/** Buckets that others copy into and that copy to none themselves. */
export function copiesIn(evidence: Evidence): ReadonlySet<Resource> {
  const buckets = evidence.ofType('AWS::S3::Bucket');
  const destinations = new Set(
    buckets
      .flatMap((bucket) => replicationRules(evidence, bucket).map(destinationOf))
      .filter(isKnown)
      .map((arn) => evidence.resourceOf(arn, 'AWS::S3::Bucket')),
  );
  return new Set(
    buckets.filter(
      (bucket) => destinations.has(bucket) && evidence.at(bucket, 'ReplicationConfiguration') === undefined,
    ),
  );
}
