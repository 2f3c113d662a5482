import type { Destination, ReplicationConfiguration, ReplicationRule } from '@aws-sdk/client-s3';
import { tagFilters } from './s3-shapes';
import { tidy } from './shapes';

export const replicationOf = (replication: ReplicationConfiguration | undefined): unknown =>
  replication && { Role: replication.Role, Rules: (replication.Rules ?? []).map(ruleOf) };

const ruleOf = ({ ID, Filter, ...rule }: ReplicationRule): unknown =>
  tidy({
    DeleteMarkerReplication: rule.DeleteMarkerReplication,
    Destination: destinationOf(rule.Destination),
    Filter: filterOf(Filter),
    Id: ID,
    Prefix: rule.Prefix,
    Priority: rule.Priority,
    SourceSelectionCriteria: rule.SourceSelectionCriteria,
    Status: rule.Status,
  });

/** A filter that lets everything through is answered with or without its empty prefix. */
function filterOf(filter: ReplicationRule['Filter']): unknown {
  if (!filter) return undefined;
  const { And, Tag } = filter;
  if (And) return { And: { Prefix: And.Prefix, TagFilters: tagFilters(undefined, And.Tags) } };
  return Tag ? { TagFilter: Tag } : { Prefix: filter.Prefix ?? '' };
}

const destinationOf = (destination: Destination | undefined): unknown =>
  destination && {
    AccessControlTranslation: destination.AccessControlTranslation,
    Account: destination.Account,
    Bucket: destination.Bucket,
    EncryptionConfiguration: destination.EncryptionConfiguration && {
      ReplicaKmsKeyID: destination.EncryptionConfiguration.ReplicaKmsKeyID,
    },
    Metrics: destination.Metrics,
    ReplicationTime: destination.ReplicationTime,
    StorageClass: destination.StorageClass,
  };
