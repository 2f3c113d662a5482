import { run } from '../../bin/commands/records/index';
import { ran } from '../support/command';
import { NOW } from './emulated';

const DOOR = { client: { endpoint: 'http://127.0.0.1:9' }, now: () => NOW };

const errorsOf = async (...args: string[]): Promise<string[]> => {
  const { code, err } = await ran((all, io) => run(all, io, DOOR), ...args);
  expect(code).toBe(2);
  return err.split('\n');
};

test.each<[string[], string]>([
  [[], 'got no choice of calls, allowed --call-id, --person, --agent, --number, --date, --from with --to, add one'],
  [['--from', '2026-11-01'], 'got no choice of calls, allowed --call-id, --person'],
  [['--date', '2026-02-30'], '--date: got 2026-02-30, allowed a day such as 2026-11-22, change it'],
  [['--person', ''], '--person: got nothing, allowed an id of the ledger, change it'],
  [['--call-id', '../../etc'], '--call-id: got ../../etc, allowed letters, digits, dots'],
  [['--call-id', 'c-1', '--person', 'P'], '--call-id: got it with other choices, allowed alone'],
  [['--date', '2026-11-20', '--to', '2026-11-21'], '--date: got it with --from or --to, allowed a day or a span'],
  [['--from', '2026-11-22', '--to', '2026-11-21'], '--from: got 2026-11-22, after --to 2026-11-21'],
  [['--from', '2020-01-01', '--to', '2026-11-21'], '--to: got 2517 days, allowed 366 at once, change the span'],
  [['--person', 'P', '--region', 'us-west-9'], '--region: got us-west-9, allowed us-east-1, us-east-2'],
  [['--person', 'P', '--role-arn', 'officer'], '--role-arn: got officer, allowed the ARN of a role, change it'],
  [['--person', 'P', '--role-arn', 'arn:aws:iam::123456789012:role/x'], '--role-arn: got 2 regions, allowed one, add'],
  [['--person', 'P', '--matter', 'M-1'], '--matter: got it with find, allowed hold or release, change the command'],
])('find %j is refused', async (args, line) => {
  expect(await errorsOf('find', 'brokerage-us', ...args)).toEqual([expect.stringContaining(line)]);
});

test('a number that is none is not printed', async () => {
  const lines = await errorsOf('find', 'brokerage-us', '--number', '2025550123');
  expect(lines).toEqual(['--number: got something else, allowed a number such as +12025550123, change it']);
});

test('all that is wrong is told at once', async () => {
  const lines = await errorsOf(
    'find',
    'brokerage-us',
    '--date',
    'today',
    '--region',
    'here',
    '--yes',
    '--call-id',
    '/',
  );
  expect(lines.map((line) => line.split(':')[0])).toEqual(['--region', '--yes', '--call-id', '--date', '--call-id']);
});

test.each<[string[], string[]]>([
  [['export', 'brokerage-us', '--person', 'P'], ['--out: got none, allowed a folder, add it']],
  [
    ['export', 'brokerage-us', '--person', 'P', '--out', __filename],
    ['--out: got ', 'a file, allowed a folder'],
  ],
  [
    ['hold', 'brokerage-us', '--person', 'P', '--yes'],
    ['--matter: got none', '--reason: got none'],
  ],
  [
    ['release', 'brokerage-us', '--person', 'P', '--yes', '--reason', 'over', '--matter', 'M 1'],
    ['--matter: got M 1, allowed an id such as M-2026-014, change it'],
  ],
  [['reconcile', 'brokerage-us', '--format', 'xml'], ['--format: got xml, allowed text, json, change it']],
  [
    ['reconcile', 'brokerage-us', '--person', 'P', '--call-id', 'c-1'],
    [
      '--person: got it with reconcile, allowed find or export or hold or release, change the command',
      '--call-id: got it with reconcile, allowed find or export or hold or release, change the command',
    ],
  ],
  [
    ['reconcile', 'brokerage-us', '--date', 'yesterday'],
    ['--date: got yesterday, allowed a day such as 2026-11-22, change it'],
  ],
])('%j is refused', async (args, parts) => {
  const text = (await errorsOf(...args)).join('\n');
  for (const part of parts) expect(text).toContain(part);
});

test.each<[string[], string]>([
  [[], 'records: got nothing to do, allowed find, export, hold, release, reconcile, add it'],
  [['fnd', 'brokerage-us'], 'records: got fnd, allowed find, export, hold, release, reconcile, change it'],
  [['find'], 'records find: got no deployment, allowed brokerage-us, '],
  [['find', 'brokerage-us', 'c-1'], 'records find: got c-1 behind the deployment, allowed options only, take it away'],
  [['find', 'brokerage-us', '--prson', 'P'], '--prson: got an option that is not known, allowed --call-id, --person, '],
  [['find', 'brokerage-us', '--person'], '--person: got no value, allowed one behind it'],
  [['find', 'brokerage-us', '--person', '--json'], '--person: got no value, allowed one behind it'],
  [['find', 'brokerage-us', '--json=1'], '--json: got a value, allowed none, take it away'],
])('%j is one line, not the whole usage', async (args, line) => {
  expect(await errorsOf(...args)).toEqual([expect.stringContaining(line)]);
});
