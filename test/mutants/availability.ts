import { beside, drop, put } from './edits';
import type { Draft, Json } from './draft';
import { ways, type Kind } from './mutant';
import { FLEET, tagIn, TABLE } from './subjects';

const ALARM = 'AWS::CloudWatch::Alarm';

/** Every alarm of a stack, as it tells nobody any more. */
const allAlarms = (change: (properties: Json) => void) => (draft: Draft) => {
  for (const id of draft.ofType(ALARM)) change(draft.at(id)['Properties'] as Json);
};

const PITR = 'PointInTimeRecoverySpecification';
const VAULT = 'AWS::Backup::BackupVault';
const vault = (lock: Json | undefined) =>
  beside(VAULT, () => ({ BackupVaultName: 'ledger', ...(lock ? { LockConfiguration: lock } : {}) }));
const plan = (more: Json) =>
  beside('AWS::Backup::RestoreTestingPlan', () => ({
    RestoreTestingPlanName: 'monthly',
    RecoveryPointSelection: {
      Algorithm: 'LATEST_WITHIN_WINDOW',
      IncludeVaults: ['*'],
      RecoveryPointTypes: ['SNAPSHOT'],
    },
    ...more,
  }));

/** All that runs media, as it says of its cell. */
const mediaOf = (change: (tags: readonly Json[]) => readonly Json[]) => (draft: Draft) => {
  for (const id of [FLEET, 'AWS::ECS::Service'].flatMap((type) => draft.ofType(type))) {
    const properties = draft.at(id)['Properties'] as { Tags?: readonly Json[] };
    if (tagIn(draft.at(id), 'voicecell:tier') === 'media') properties.Tags = change(properties.Tags ?? []);
  }
};
const isCell = ({ Key }: Json): boolean => Key === 'voicecell:cell';
const inCell = (cell: string) => mediaOf((tags) => tags.map((tag) => (isCell(tag) ? { ...tag, Value: cell } : tag)));
const besides = (draft: Draft): void => inCell(/-([a-z0-9]+-az\d)$/.exec(draft.otherCell ?? '')?.[1] ?? '')(draft);

export const AVAILABILITY: readonly Kind[] = [
  ...ways('AVL-01', '/cell-', {
    'its media stands in the zone of the other cell': besides,
    'its media says no zone': mediaOf((tags) => tags.filter((tag) => !isCell(tag))),
    'its media names a zone of one account': inCell('us-east-1a'),
  }),
  ...ways('AVL-02', '/records', {
    'a backup vault has no lock': vault(undefined),
    'a backup vault has a lock that can be lifted': vault({ MinRetentionDays: 3650 }),
    'a backup vault keeps a week': vault({ MinRetentionDays: 7, ChangeableForDays: 3 }),
  }),
  ...ways('AVL-03', '/records', {
    'a restore test never runs': plan({ ScheduleExpression: '' }),
    'a restore test tests nothing': plan({ ScheduleExpression: 'cron(0 3 1 * ? *)' }),
  }),
  ...ways('AVL-04', '/watch', {
    'its alarms tell nobody': allAlarms((alarm) => (alarm['AlarmActions'] = [])),
    'its alarms are switched off': allAlarms((alarm) => (alarm['ActionsEnabled'] = false)),
    'it has no alarms': (draft) => {
      for (const id of draft.ofType(ALARM)) draft.remove(id);
    },
  }),
  ...ways('AVL-05', TABLE, {
    'it cannot be brought back': put(`${PITR}.PointInTimeRecoveryEnabled`, false),
    'it says nothing of recovery': drop(PITR),
  }),
];
