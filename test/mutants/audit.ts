import { isRecord } from '../../compliance/templates/template-set';
import { alter, drop, put, removed, without } from './edits';
import { ways, type Kind } from './mutant';
import { BUCKET, every, holds, INFERENCE, isOfTier, LOG_GROUP, requirementOf, TASK, TRAIL } from './subjects';
import type { Draft, Json } from './draft';

const SELECTORS = 'AdvancedEventSelectors';
const FIELDS = `${SELECTORS}.1.FieldSelectors`;
const reading = (value: string) =>
  alter(FIELDS, (fields) => [...(fields as readonly Json[]), { Field: 'readOnly', Equals: [value] }]);

const BLIND = {
  'it is stopped': put('IsLogging', false),
  'it has management events only': without(SELECTORS, ({ Name }) => Name === 'VaultObjects'),
  'it has no selectors': drop(SELECTORS),
  'it has reads only': reading('true'),
  'it has writes only': reading('false'),
  'it has no recordings': alter(`${FIELDS}.2.StartsWith`, (arns) => (arns as readonly string[]).slice(1)),
  'it has one prefix only': alter(`${FIELDS}.2.StartsWith.0`, (arn) => `${String(arn)}2026/`),
  'it goes': removed,
};

const LOOSE = {
  'its files are not validated': put('EnableLogFileValidation', false),
  'it says nothing of validation': drop('EnableLogFileValidation'),
  'it names no key': drop('KMSKeyId'),
  'its key is one of AWS': put('KMSKeyId', 'alias/aws/cloudtrail'),
};

/** CloudWatch Logs API reference, PutRetentionPolicy. */
const PERIODS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const FORGETFUL = {
  'it keeps one step less': alter('RetentionInDays', (days, draft) => {
    const floor = requirementOf(draft).floorDays;
    return PERIODS.findLast((period) => period < Math.min(floor, Number(days))) ?? days;
  }),
  'it states no period': drop('RetentionInDays'),
  'it keeps a day': put('RetentionInDays', 1),
};

const asked = (draft: Parameters<typeof requirementOf>[0]): boolean => requirementOf(draft).floorDays > 0;
const EXPIRY = 'LifecycleConfiguration.Rules.0.ExpirationInDays';
const OPTIONS = 'ContainerDefinitions.*.LogConfiguration.Options';
const RULE = 'AWS::Events::Rule';
const CALLS = 'EventPattern.detail.eventName';

const silenced = {
  'it is disabled': put('State', 'DISABLED'),
  'it tells nobody': put('Targets', []),
  'it goes': removed,
  'it listens to an account of others': put('EventPattern.account', ['999999999999']),
};

const deaf = (call: string) => alter(CALLS, (names) => (names as readonly string[]).filter((name) => name !== call));

/** Rules of a guard, and of copies that have their own. */
const reportsOnRecords = (id: string): boolean => /^(?:Alerts)?(?:Bucket|Retention|Key)Changed/.test(id);

const named =
  (name: string) =>
  ({ id }: { readonly id: string }): boolean =>
    id.replace(/^Alerts/, '').startsWith(name);

export const AUDIT: readonly Kind[] = [
  ...ways('AUD-01', TRAIL, BLIND),
  ...ways('AUD-02', TRAIL, LOOSE),
  ...ways('AUD-03', LOG_GROUP, FORGETFUL, asked),
  ...ways(
    'AUD-03',
    BUCKET,
    {
      'it drops logs one day early': alter(EXPIRY, (days) => Number(days) - 1),
      'it drops logs after 30 days': put(EXPIRY, 30),
    },
    every(holds('log'), asked),
  ),
  ...ways('AUD-04', 'AWS::EC2::FlowLog', {
    'it goes': removed,
    'it has rejected traffic only': put('TrafficType', 'REJECT'),
    'it has accepted traffic only': put('TrafficType', 'ACCEPT'),
    'it is of one interface': put('ResourceId', 'eni-0123456789abcdef0'),
  }),
  ...ways(
    'AUD-05',
    TASK,
    {
      'it logs nowhere': drop('ContainerDefinitions.*.LogConfiguration'),
      'it logs to a group nobody shows': put(`${OPTIONS}.awslogs-group`, '/acme/debug'),
    },
    isOfTier(...INFERENCE),
  ),
  ...ways(
    'AUD-05',
    LOG_GROUP,
    { 'its prompts are logs like others': alter('Tags', (tags) => retagged(tags, 'log')) },
    holds('prompt'),
  ),
  ...ways(
    'AUD-06',
    BUCKET,
    {
      'requests to it are not logged': drop('LoggingConfiguration'),
      'its access logs go to a locked bucket': (draft) =>
        put('LoggingConfiguration.DestinationBucketName', { Ref: lockedBeside(draft) })(draft),
      'its access logs go to a bucket nobody shows': put('LoggingConfiguration.DestinationBucketName', 'acme-logs'),
    },
    holds('recording', 'transcript'),
  ),
  ...ways('AUD-07', RULE, silenced, ({ id }) => reportsOnRecords(id)),
  ...['PutBucketObjectLockConfiguration', 'PutBucketPolicy'].flatMap((call) =>
    ways('AUD-07', RULE, { [`it does not hear ${call}`]: deaf(call) }, named('BucketChanged')),
  ),
  ...ways(
    'AUD-07',
    RULE,
    { 'it does not hear PutObjectRetention': deaf('PutObjectRetention') },
    named('RetentionChanged'),
  ),
  ...ways('AUD-07', RULE, { 'it does not hear ScheduleKeyDeletion': deaf('ScheduleKeyDeletion') }, named('KeyChanged')),
  ...ways('AUD-08', LOG_GROUP, {
    'whoever may deletes it': alter('DeletionProtectionEnabled', () => false),
    'it says nothing of protection': drop('DeletionProtectionEnabled'),
  }),
];

/** Another bucket of records, so that none refers to itself. */
const lockedBeside = (draft: Draft): string | undefined =>
  draft.ofType(BUCKET).find((id) => id !== draft.id && /^(?:Recordings|Transcripts)/.test(id));

/** Tags with another class of data. */
export function retagged(tags: unknown, dataClass: string): unknown {
  return (tags as readonly unknown[]).map((tag) =>
    isRecord(tag) && tag['Key'] === 'voicecell:data-class' ? { ...tag, Value: dataClass } : tag,
  );
}
