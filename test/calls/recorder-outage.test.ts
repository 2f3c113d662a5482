import { BUDGETS } from '../../regions/plan/budgets';
import type { Expected } from '../media/recorder/support/expected';
import type { Fault } from '../media/recorder/support/fake-stores';
import type { RecorderProcess } from '../media/recorder/support/recorder-process';
import type { TestSpool } from '../media/recorder/support/spool';
import { age, emptied, eventually, FASTER, NOTHING_LOST, outcome, put, Recorders } from './support/recorders';

let recorders: Recorders;
let spool: TestSpool;
let recorder: RecorderProcess;

const start = async (env: Readonly<Record<string, string>> = {}): Promise<void> => {
  recorders = await Recorders.withStores();
  spool = recorders.livingSpool();
  recorder = await recorders.start(spool, env);
};

const manyCalls = (count: number): Expected[] =>
  Array.from({ length: count }, (_, index) => put(spool, { callId: `call-${index}`, samples: 800 + index }));

const failures = (): Record<string, unknown>[] => recorder.events('recording.failed');

describe('a store that refuses', () => {
  beforeAll(() => start());
  afterAll(() => recorders.stop());
  beforeEach(() => recorders.stores.reset());

  test.each([
    // Asked for once, by the first call that needs it.
    ['the number key', 'secretsmanager:GetSecretValue', 400, 'DecryptionFailure'],
    ['an upload', 's3:PutObject', 403, 'AccessDenied'],
    ['an upload, because another one of it goes on', 's3:PutObject', 409, 'ConditionalRequestConflict'],
    ['its key', 's3:PutObject', 400, 'KMS.DisabledException'],
    ['its key, being asked too often', 's3:PutObject', 503, 'KMS.ThrottlingException'],
    ['to tell the lock', 's3:GetObjectRetention', 403, 'AccessDenied'],
    ['a row', 'dynamodb:PutItem', 400, 'AccessDeniedException'],
    ['a row, being asked too often', 'dynamodb:UpdateItem', 400, 'ThrottlingException'],
    ['a row, having broken down', 'dynamodb:UpdateItem', 500, 'InternalServerError'],
  ] as const)(
    '%s has the call stay in the spool, and gets it once it does not',
    async (what, refused, status, code) => {
      const { stores } = recorders;
      const callId = what.replaceAll(/\W+/g, '-');
      let times = 0;
      stores.fault = ({ action }) => {
        if (action !== refused) return undefined;
        times += 1;
        return { status, code };
      };
      const expected = put(spool, { callId });
      await eventually('three refusals', () => times >= 3);
      expect(spool.files()).toEqual(expect.arrayContaining([`${callId}.raw`, `${callId}.transcript.jsonl`]));
      const told = () => failures().filter((one) => one['callId'] === callId);
      await eventually('a word of it', () => told().length > 0);
      expect(told()).toEqual([expect.objectContaining({ reason: code })]);
      stores.fault = () => undefined;
      await emptied(spool);
      expect(outcome([expected], spool, recorders)).toEqual(NOTHING_LOST);
    },
  );
});

/** A third of all answers, by chance that is the same in every run. */
function flapping(): Fault {
  const ways = [
    { status: 503, code: 'SlowDown' },
    { status: 500, code: 'InternalError' },
    { hangUp: 'before' },
    { hangUp: 'after' },
  ] as const;
  let seed = 7;
  return () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed % 3 === 0 ? ways[(seed >> 8) % ways.length] : undefined;
  };
}

describe('stores', () => {
  afterEach(() => recorders.stop());

  test('that break off a third of all that is asked get every call once', async () => {
    await start({ FASTER: '100' });
    recorders.stores.fault = flapping();
    const expected = manyCalls(12);
    await emptied(spool);
    expect(outcome(expected, spool, recorders)).toEqual(NOTHING_LOST);
    expect(failures().length).toBeGreaterThan(0);
  });

  test('that fall silent are asked again, and what they did all the same is not done twice', async () => {
    await start({ FASTER_SOCKETS: '60' });
    const asked = new Set<string>();
    recorders.stores.fault = ({ action, of }) => {
      if (asked.has(of) || !(of.startsWith('recordings/') || action === 'dynamodb:PutItem')) return undefined;
      asked.add(of);
      return { silent: of === '' ? 'before' : 'after' };
    };
    const expected = manyCalls(3);
    await emptied(spool);
    expect(outcome(expected, spool, recorders)).toEqual(NOTHING_LOST);
    expect(failures().map(({ reason }) => reason)).toEqual(Array(3).fill('TimeoutError'));
  });

  test('that are away are asked ever less, each call at a time of its own, and everybody is told', async () => {
    await start();
    const asked = new Map<string, number[]>();
    recorders.stores.fault = ({ action, of }) => {
      if (action !== 's3:PutObject') return undefined;
      asked.set(of, [...(asked.get(of) ?? []), performance.now()]);
      return { status: 503, code: 'SlowDown' };
    };
    const expected = manyCalls(40);
    age(spool, 3_600);
    const sevenTimes = () => [...asked.values()].filter(({ length }) => length >= 7).length;
    await eventually('a seventh time for all', () => sevenTimes() === 40);
    await eventually('figures of it', () => spoolAges().some((seconds) => seconds > BUDGETS.spoolAgeSeconds));
    expect(await recorder.status()).toMatchObject({ waiting: 40, empty: false });
    recorders.stores.fault = () => undefined;

    const gaps = [...asked.values()].map((times) => times.slice(1).map((at, index) => at - (times[index] ?? 0)));
    for (const gap of gaps)
      gap.forEach((ms, index) => expect(ms * FASTER).toBeGreaterThanOrEqual(Math.min(60_000, 500 * 2 ** index)));
    const seventh = [...asked.values()].map((times) => times[6] ?? 0);
    expect((Math.max(...seventh) - Math.min(...seventh)) * FASTER).toBeGreaterThan(12_000);

    await emptied(spool);
    expect(outcome(expected, spool, recorders)).toEqual(NOTHING_LOST);
    expect(failures()).toHaveLength(40);
    await eventually('figures that are well again', () => spoolAges().at(-1) === 0);
  });
});

/** What the alarm "RecordingsWaiting" sees. */
const spoolAges = (): number[] =>
  recorder.lines.flatMap((line) => {
    const { SpoolAge: seconds } = JSON.parse(line) as { readonly SpoolAge?: number };
    return seconds === undefined ? [] : [seconds];
  });

describe('a node whose clock is', () => {
  beforeAll(() => start());
  afterAll(() => recorders.stop());

  const MINUTES = 60_000;
  const LOCK = { mode: 'COMPLIANCE', days: 2192 } as const;

  test.each([
    ['ten minutes fast', -10],
    ['ten minutes slow', 10],
    ['a day fast', -1_440],
    ['a day slow', 1_440],
  ])(
    '%s passes no lock that is five minutes short, stores once and notes the time of the vault',
    async (what, ahead) => {
      const { stores } = recorders;
      stores.reset();
      stores.skewMs = ahead * MINUTES;
      stores.lock = { ...LOCK, days: LOCK.days - 5 / 1_440 };
      const callId = what.replaceAll(' ', '-');
      const expected = put(spool, { callId });
      const told = () => failures().filter((one) => one['callId'] === callId);
      // One for each object is enough where it is taken for good; what was stored before is looked at by another clock.
      const looks = () => stores.asked.filter((one) => one === 's3:GetObjectRetention').length;
      await eventually('looks at the lock, again and again', () => looks() > 3);
      expect(spool.files()).toContain(`${callId}.raw`);
      stores.lock = LOCK;
      await emptied(spool);
      expect(outcome([expected], spool, recorders)).toEqual(NOTHING_LOST);
      expect(told()).toHaveLength(1);
      for (const { versionId, madeAt } of stores.versions) {
        const row = [...stores.rows.values()].find((one) => one['versionId'] === versionId);
        expect(Math.abs(Date.parse(String(row?.['storedAt'])) - madeAt.getTime())).toBeLessThan(30_000);
      }
    },
  );
});
