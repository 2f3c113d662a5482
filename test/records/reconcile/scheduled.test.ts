import { KINDS } from '../../../records/reconcile/model';
import { reconcileScheduled } from '../../../records/reconcile/function/scheduled';
import type { Row } from '../../../records/ledger/attributes';
import type { Shelf } from '../../../records/reconcile/model';
import type { Asked } from '../../../records/reconcile/shelves';
import { reconciliationOf } from '../../../regions/plan/reconciliation';
import { regionPlan } from '../../support/region-plan';
import { call, stored } from '../ledger-rows';

const plan = regionPlan();
const { recordings } = plan.names.buckets;
const SCHEDULED = { time: '2026-11-22T05:20:00Z', daysAgo: 2 };
const NOW = new Date('2026-11-22T05:20:04.000Z');

const CALLER = { personId: 'P-1001', numberHash: 'a'.repeat(64), agentId: 'account-service' };
const ROWS: readonly Row[] = [
  call('c-1', CALLER),
  { ...stored('c-1', 'recording#1', 'sound', { bucket: recordings }) },
];

class Account {
  readonly asked: Asked[] = [];
  readonly days: string[] = [];
  readonly lines: string[] = [];
  readonly requests = { lists: 0, looks: 0 };
  refused?: Error;

  readonly query = async ({ value }: { readonly value: string }): Promise<Row[]> => {
    this.days.push(value);
    return ROWS.slice(0, 1);
  };

  readonly rowsOf = async (): Promise<Row[]> => [...ROWS];

  readonly shelf = async (asked: Asked): Promise<Shelf> => {
    this.asked.push(asked);
    if (this.refused) throw this.refused;
    return { versions: [], markers: [] };
  };

  run = (scheduled = SCHEDULED) =>
    reconcileScheduled(
      {
        reconciliation: reconciliationOf(plan),
        ledger: this,
        vaults: this,
        copies: this,
        now: () => NOW,
        write: (line) => this.lines.push(line),
      },
      scheduled,
    );

  get said(): Record<string, unknown>[] {
    return this.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}

test('the day is that of the schedule, however late another try is', async () => {
  const account = new Account();
  await account.run();
  await account.run({ ...SCHEDULED, daysAgo: 2191 });
  expect(account.days).toEqual(['2026-11-20', '2020-11-22']);
});

test('only locks are looked at, which takes no right to read', async () => {
  const account = new Account();
  await account.run();
  expect(account.asked.map(({ look }) => look)).toEqual(['lock', 'lock', 'lock', 'lock']);
});

test('every finding is a line of the log, and none names a caller', async () => {
  const account = new Account();
  await account.run();
  expect(account.said.filter(({ event }) => event === 'records.finding')).toEqual([
    expect.objectContaining({ day: '2026-11-20', kind: 'missing', place: 'vault', callId: 'c-1', item: 'recording#1' }),
  ]);
  expect(account.said).toContainEqual(expect.objectContaining({ event: 'records.reconciled', calls: 1, findings: 1 }));
  for (const secret of Object.values(CALLER)) expect(account.lines.join('\n')).not.toContain(secret);
});

test('how many there are is a metric, in all and of each kind', async () => {
  const account = new Account();
  await account.run();
  const metrics = account.said.filter((line) => '_aws' in line);
  expect(metrics.map(({ Kind, RecordsFindings }) => [Kind, RecordsFindings])).toEqual([
    [undefined, 1],
    ...KINDS.map((kind) => [kind, kind === 'missing' ? 1 : 0]),
  ]);
  expect(metrics[1]).toMatchObject({
    _aws: {
      Timestamp: NOW.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: 'Voicecell',
          Dimensions: [['Deployment', 'Region', 'Kind']],
          Metrics: [{ Name: 'RecordsFindings', Unit: 'Count' }],
        },
      ],
    },
    Deployment: plan.deployment,
    Region: plan.region,
  });
});

test('a day that was not compared to its end has no metric, so that the alarm on silence hears it', async () => {
  const account = new Account();
  account.refused = new Error('throttled');
  await expect(account.run()).rejects.toThrow('throttled');
  expect(account.lines).toEqual([]);
});
