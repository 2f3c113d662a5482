import { alter, attribute, beside, without } from './edits';
import { retagged } from './audit';
import type { Json } from './draft';
import { ways, type Kind } from './mutant';
import { BUCKET, GROUP, LOG_GROUP, REPOSITORY, TABLE, TEMPLATE } from './subjects';

const isClass = ({ Key }: Json): boolean => Key === 'voicecell:data-class';

const UNCLASSED = {
  'it has no class of data': without('Tags', isClass),
  'its class of data is misspelt': alter('Tags', (tags) => retagged(tags, 'recordings')),
};

const suppressed = (reason: string) =>
  attribute('Metadata', { cdk_nag: { rules_to_suppress: [{ id: 'AwsSolutions-S1', reason }] } });

const SUPPRESSED = {
  'a finding is suppressed without reason': suppressed(''),
  'a finding is suppressed without owner and end': suppressed('accepted by the team'),
  'a rule of Guard is suppressed': attribute('Metadata', { guard: { SuppressedRules: ['S3_BUCKET_LOGGING_ENABLED'] } }),
};

const reviews = (properties: Json, more: Json) =>
  beside(
    TABLE,
    () => ({
      TableName: 'supervisory-reviews',
      KeySchema: [{ AttributeName: 'callId', KeyType: 'HASH' }],
      Tags: [{ Key: 'voicecell:data-class', Value: 'cdr' }],
      ...properties,
    }),
    more,
  );

export const GOVERNANCE: readonly Kind[] = [
  ...[BUCKET, LOG_GROUP, REPOSITORY, TABLE].flatMap((type) => ways('GOV-04', type, UNCLASSED)),
  ...ways('GOV-04', TEMPLATE, {
    'its volumes have no class of data': without('LaunchTemplateData.TagSpecifications.*.Tags', isClass),
  }),
  ...ways('GOV-07', BUCKET, SUPPRESSED),
  ...ways('GOV-07', GROUP, SUPPRESSED),
  ...ways('GOV-08', '/records', {
    'reviews expire': reviews(
      { TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } },
      { DeletionPolicy: 'Retain' },
    ),
    'reviews go with their stack': reviews({}, { DeletionPolicy: 'Delete' }),
  }),
  ...ways('VUL-02', '/guard', {
    'GuardDuty is off': beside('AWS::GuardDuty::Detector', () => ({ Enable: false })),
    'GuardDuty watches no objects': beside('AWS::GuardDuty::Detector', () => ({ Enable: true })),
  }),
  ...ways('VUL-03', '/guard', {
    'Config records to nowhere': beside('AWS::Config::ConfigurationRecorder', () => ({
      RoleARN: 'arn:aws:iam::111122223333:role/config',
    })),
    'Config records buckets only': beside('AWS::Config::ConfigurationRecorder', () => ({
      RoleARN: 'arn:aws:iam::111122223333:role/config',
      RecordingGroup: { AllSupported: false, ResourceTypes: ['AWS::S3::Bucket'] },
    })),
  }),
];
