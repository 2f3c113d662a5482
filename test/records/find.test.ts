import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as fc from 'fast-check';
import { LEDGER_INDEXES } from '../../lib/constructs/records/ledger';
import { type Asked, findCalls } from '../../records/find';
import { type CallItem, INDEXES } from '../../media/contract/ledger';
import { numberHash } from '../../records/number-hash';
import { daysOf, isMeant, queriesFor, type Selection } from '../../records/selection';
import { withMoto } from '../support/moto';
import { Emulated } from './emulated';
import { call, held } from './ledger-rows';

test('the indexes that are asked are those of the table', () => {
  const built = Object.entries(LEDGER_INDEXES).map(([name, { partition }]) => [name, partition]);
  expect(Object.fromEntries(built)).toEqual(INDEXES);
  for (const { sort } of Object.values(LEDGER_INDEXES)) expect(sort).toBe('startedAt');
});

test('a number is hashed as the contract says', () => {
  expect(numberHash(Buffer.from('k'.repeat(32)), '+12025550123')).toBe(
    // printf '+12025550123' | openssl dgst -sha256 -hmac kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk
    'f86eff40a163e67f3a1888188e21641af98e7a48edf2c57e34d06219f4d447bb',
  );
});

const PEOPLE = ['P-1', 'P-2', undefined];
const DAYS = daysOf('2026-02-27', '2026-03-03');
const HASHES = ['a'.repeat(64), 'b'.repeat(64), undefined];
const TIMES = ['T00:00:00.000Z', 'T11:59:59.500Z', 'T23:59:59.999Z'];

const calls = fc
  .array(
    fc.record({
      personId: fc.constantFrom(...PEOPLE),
      agentId: fc.constantFrom('A-1', 'A-2', undefined),
      numberHash: fc.constantFrom(...HASHES),
      day: fc.constantFrom(...DAYS),
      time: fc.constantFrom(...TIMES),
    }),
    { maxLength: 40 },
  )
  .map((all) =>
    all.map(({ day, time, ...names }, index) => call(`c-${index}`, { ...names, startedAt: `${day}${time}` })),
  );

const span = fc
  .constantFrom(...DAYS)
  .chain((from) => fc.constantFrom(...DAYS.filter((day) => day >= from)).map((to) => ({ from, to })));

const names = fc.oneof(
  fc.record({ personId: fc.constantFrom('P-1', 'P-2') }),
  fc.record({ agentId: fc.constantFrom('A-1', 'A-2') }),
  fc.record({ numberHash: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)) }),
  fc.record({ personId: fc.constantFrom('P-1', 'P-2'), agentId: fc.constantFrom('A-1', 'A-2') }),
);

const selections: fc.Arbitrary<Selection> = fc.oneof(
  fc
    .tuple(
      names,
      fc.oneof(
        fc.constant({}),
        span,
        span.map(({ from }) => ({ from })),
        span.map(({ to }) => ({ to })),
      ),
    )
    .map(([name, days]) => ({ callIds: [], ...name, ...days })),
  span.map((days) => ({ callIds: [], ...days })),
);

/** What the calls are, said again without a look at how they are found. */
const meant = ({ personId, agentId, numberHash: hash, startedAt }: CallItem, wanted: Selection): boolean => {
  const day = startedAt.slice(0, 10);
  return [
    wanted.personId === undefined || wanted.personId === personId,
    wanted.agentId === undefined || wanted.agentId === agentId,
    wanted.numberHash === undefined || wanted.numberHash === hash,
    wanted.from === undefined || day >= wanted.from,
    wanted.to === undefined || day <= wanted.to,
  ].every(Boolean);
};

/** A ledger whose indexes are as DynamoDB's: partition equal, sort between, sparse. */
const inMemory = (all: readonly CallItem[]): Asked => ({
  query: ({ index, value, from = '', to = '~' }) =>
    Promise.resolve(all.filter((one) => one[INDEXES[index]] === value && one.startedAt >= from && one.startedAt <= to)),
  rowsOf: (callId) => Promise.resolve(all.filter((one) => one.callId === callId)),
});

test('every selection asks an index and finds exactly the calls that match', async () => {
  await fc.assert(
    fc.asyncProperty(calls, selections, async (all, wanted) => {
      expect(queriesFor(wanted).length).toBeGreaterThan(0);
      const { calls: found, problems } = await findCalls(inMemory(all), wanted);
      const expected = all.filter((one) => meant(one, wanted)).map(({ callId }) => callId);
      expect(found.map(({ call: one }) => one.callId).toSorted()).toEqual(expected.toSorted());
      expect(found.every(({ call: one }) => isMeant(one, wanted))).toBe(true);
      expect(problems).toEqual([]);
    }),
  );
});

withMoto('voicecell records find', () => {
  let emulated: Emulated;
  const find = (...args: string[]) => emulated.voicecell('find', ...args);

  beforeAll(async () => {
    emulated = await Emulated.start();
    await emulated.prepare();
    await emulated.secret('brokerage-us-number-key');
    await emulated.note(call('early', { startedAt: '2026-11-19T23:59:59.999Z' }));
    await emulated.note(call('known', { numberHash: emulated.hashOf('+12025550123') }));
    await emulated.store('known', 'recording#1', 'hello');
    await emulated.store('known', 'transcript#1', '{}');
    await emulated.note(held('known', 'M-1'));
    await emulated.note(call('late', { startedAt: '2026-11-21T00:00:00.000Z', personId: 'P-2' }));
    await emulated.note(call('elsewhere', { agentId: 'broker' }), 'us-east-2');
  }, 60_000);

  afterAll(() => emulated.stop());

  const found = async (...args: string[]): Promise<string[]> => {
    const { code, out, err } = await find(...args, '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { regions } = JSON.parse(out) as { regions: { region: string; calls: CallItem[] }[] };
    return regions.flatMap(({ calls: some }) => some.map(({ callId }) => callId));
  };

  test.each<[string[], string[]]>([
    [
      ['--person', 'P-1001'],
      ['early', 'known', 'elsewhere'],
    ],
    [
      ['--person', 'P-1001', '--region', 'us-east-1'],
      ['early', 'known'],
    ],
    [
      ['--person', 'P-1001', '--from', '2026-11-19', '--to', '2026-11-20', '--region', 'us-east-1'],
      ['early', 'known'],
    ],
    [
      ['--agent', 'account-service', '--to', '2026-11-20'],
      ['early', 'known'],
    ],
    [
      ['--agent', 'account-service', '--from', '2026-11-20'],
      ['known', 'late'],
    ],
    [['--person', 'P-1001', '--agent', 'broker'], ['elsewhere']],
    [
      ['--date', '2026-11-20'],
      ['known', 'elsewhere'],
    ],
    [
      ['--from', '2026-11-19', '--to', '2026-11-20', '--region', 'us-east-1'],
      ['early', 'known'],
    ],
    [
      ['--call-id', 'late', '--call-id', 'elsewhere'],
      ['late', 'elsewhere'],
    ],
    [['--number', '+12025550123'], ['known']],
    [['--number', '+12025550124'], []],
  ])('finds by %j', async (args, ids) => {
    expect(await found(...args)).toEqual(ids);
  });

  test('asks no table from end to end', async () => {
    emulated.replicas.asked.length = 0;
    await find('--date', '2026-11-20');
    const operations = emulated.replicas.asked.flatMap((one) => /DynamoDB_\d+\.(\w+)/.exec(one)?.[1] ?? []);
    expect(new Set(operations)).toEqual(new Set(['Query']));
  });

  test('says of each call what there is, in 80 columns', async () => {
    const { out } = await find('--person', 'P-1001', '--region', 'us-east-1');
    expect(out).toBe(TEXT);
    expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  test('that nothing matches is an answer', async () => {
    expect(await find('--person', 'nobody')).toEqual({
      code: 0,
      out: 'no calls match in us-east-1, us-east-2',
      err: '',
    });
  });

  test('an id that is nowhere is named', async () => {
    const { code, err } = await find('--call-id', 'known', '--call-id', 'knwon');
    expect({ code, err }).toEqual({
      code: 0,
      err: 'call knwon is in no ledger of these regions; see --call-id and --region',
    });
  });

  test('a row that is not as the contract says is named, and the others are found', async () => {
    await emulated.note({ ...call('broken', { startedAt: '2026-11-18T10:00:00.000Z' }), retentionDays: 'six years' });
    await emulated.note(call('whole', { startedAt: '2026-11-18T11:00:00.000Z' }));
    const { code, out, err } = await find('--date', '2026-11-18');
    expect(code).toBe(1);
    expect(out).toContain('whole');
    expect(err).toMatch(/^us-east-1: call broken, item call, retentionDays: .*number.*; see who wrote the row$/);
  });

  test('a number key that can be guessed is refused', async () => {
    await new SecretsManagerClient({ ...emulated.moto.client, region: 'us-east-1' }).send(
      new CreateSecretCommand({ Name: 'short', SecretString: 'short' }),
    );
    const { code, err } = await find(
      '--number',
      '+12025550123',
      '--number-key-secret',
      'short',
      '--region',
      'us-east-1',
    );
    expect(code).toBe(2);
    expect(err).toContain('us-east-1: got a number key of 5 bytes in short, allowed 32 or more, change the secret');
  });

  test('a region that cannot be asked is told, with what the others have', async () => {
    const secret = { Name: 'only-here', SecretString: 'k'.repeat(32) };
    const secrets = new SecretsManagerClient({ ...emulated.moto.client, region: 'us-east-1' });
    await secrets.send(new CreateSecretCommand(secret));
    const { code, out, err } = await find('--number', '+12025550123', '--number-key-secret', 'only-here');
    expect(code).toBe(2);
    expect(out).toContain('known');
    expect(err).toMatch(/^us-east-2: secretsmanager:GetSecretValue of only-here in us-east-2 answered/);
  });
});

const TEXT = `us-east-1
  2026-11-19 23:59:59Z  early
    agent account-service, person P-1001, 183 s, 0 recordings, 0 transcripts,
    consent granted (us-notice-v3), 2192 days COMPLIANCE
  2026-11-20 09:30:00Z  known
    agent account-service, person P-1001, 183 s, 1 recording, 1 transcript,
    consent granted (us-notice-v3), 2192 days COMPLIANCE, held by M-1
2 calls`;
