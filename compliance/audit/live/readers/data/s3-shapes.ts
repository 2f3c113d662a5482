import type {
  IntelligentTieringConfiguration,
  InventoryConfiguration,
  LifecycleRule,
  LifecycleRuleAndOperator,
  LifecycleRuleFilter,
  LoggingEnabled,
  ServerSideEncryptionConfiguration,
  Tag,
} from '@aws-sdk/client-s3';
import type { Properties } from './parts';
import { tidy } from './shapes';

/** S3 calls most settings otherwise than CloudFormation does. */
export const encryptionOf = ({ Rules = [] }: ServerSideEncryptionConfiguration = { Rules: [] }): Properties => ({
  ServerSideEncryptionConfiguration: Rules.map(({ ApplyServerSideEncryptionByDefault, BucketKeyEnabled }) =>
    tidy({ BucketKeyEnabled, ServerSideEncryptionByDefault: ApplyServerSideEncryptionByDefault }),
  ),
});

export const loggingOf = (logging: LoggingEnabled | undefined): unknown =>
  logging && {
    DestinationBucketName: logging.TargetBucket,
    LogFilePrefix: logging.TargetPrefix,
    ...(logging.TargetObjectKeyFormat && { TargetObjectKeyFormat: logging.TargetObjectKeyFormat }),
  };

export const inventoryOf = ({ Destination, Filter, ...inventory }: InventoryConfiguration): unknown => {
  const { AccountId, Bucket, Format, Prefix } = Destination?.S3BucketDestination ?? {};
  return tidy({
    Destination: { BucketAccountId: AccountId, BucketArn: Bucket, Format, Prefix },
    Enabled: inventory.IsEnabled,
    Id: inventory.Id,
    IncludedObjectVersions: inventory.IncludedObjectVersions,
    OptionalFields: inventory.OptionalFields,
    Prefix: Filter?.Prefix,
    ScheduleFrequency: inventory.Schedule?.Frequency,
  });
};

export const tieringOf = ({ Filter, ...tiering }: IntelligentTieringConfiguration): unknown =>
  tidy({
    Id: tiering.Id,
    Prefix: Filter?.Prefix ?? Filter?.And?.Prefix,
    Status: tiering.Status,
    TagFilters: tagFilters(Filter?.Tag, Filter?.And?.Tags),
    Tierings: tiering.Tierings,
  });

/** A rule without a filter is one for all objects, and CloudFormation writes neither filter nor prefix of it. */
export const lifecycleRuleOf = (rule: LifecycleRule): unknown =>
  tidy({
    AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload,
    ExpirationDate: dayOf(rule.Expiration?.Date),
    ExpirationInDays: rule.Expiration?.Days,
    ExpiredObjectDeleteMarker: rule.Expiration?.ExpiredObjectDeleteMarker,
    Id: rule.ID,
    NoncurrentVersionExpiration: rule.NoncurrentVersionExpiration,
    NoncurrentVersionTransitions: rule.NoncurrentVersionTransitions?.map(({ NoncurrentDays, ...transition }) => ({
      ...transition,
      TransitionInDays: NoncurrentDays,
    })),
    Status: rule.Status,
    Transitions: rule.Transitions?.map(({ Date: date, Days, StorageClass }) => ({
      StorageClass,
      TransitionDate: dayOf(date),
      TransitionInDays: Days,
    })),
    ...filterOf(rule.Filter?.And ?? rule.Filter ?? {}, rule),
  });

const filterOf = (
  filter: LifecycleRuleAndOperator & Pick<LifecycleRuleFilter, 'Tag'>,
  { Prefix }: Pick<LifecycleRule, 'Prefix'>,
): Properties => ({
  ObjectSizeGreaterThan: filter.ObjectSizeGreaterThan,
  ObjectSizeLessThan: filter.ObjectSizeLessThan,
  Prefix: filter.Prefix || Prefix || undefined,
  TagFilters: tagFilters(filter.Tag, filter.Tags),
});

export const tagFilters = (one: Tag | undefined, several: readonly Tag[] = []): readonly Tag[] =>
  one ? [one] : several;

const dayOf = (date: Date | undefined): string | undefined => date?.toISOString();
