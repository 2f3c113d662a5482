import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expectedOf } from '../media/recorder/support/expected';
import type { RecorderProcess } from '../media/recorder/support/recorder-process';
import { callFile, sound, type TestSpool } from '../media/recorder/support/spool';
import { emptied, eventually, NOTHING_LOST, outcome, put, Recorders, SAID, UNHURRIED } from './support/recorders';

let recorders: Recorders;

beforeEach(async () => {
  recorders = await Recorders.withStores();
});
afterEach(() => recorders.stop());

const CALLS = ['ended-1', 'ended-2', 'ended-3', 'ended-4', 'ended-5'];

/** Bytes of a file that are on the disk, by the recorder's word. */
const onDisk = (log: string, file: string): number =>
  (existsSync(log) ? readFileSync(log, 'utf8') : '')
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as { readonly file: string; readonly size: number })
    .findLast((one) => one.file === file)?.size ?? 0;

describe('a node that loses power', () => {
  const GOING = ['going-1', 'going-2'];
  const raw = (spool: TestSpool, callId: string): string => path.join(spool.root, `${callId}.raw`);

  test('in the middle of its calls stores them when it is back, those that went on as far as they were written out', async () => {
    const spool = recorders.livingSpool('boot-1');
    const log = path.join(spool.folder, 'sync.log');
    for (const callId of CALLS) put(spool, { callId });
    for (const callId of GOING) put(spool, { callId, ended: false });
    for (const callId of GOING) appendFileSync(raw(spool, callId), Buffer.alloc(7));
    recorders.stores.fault = ({ action }) => (action === 's3:PutObject' ? { waitMs: 300 } : undefined);
    const first = await recorders.start(spool, { ...UNHURRIED, SYNC_LOG: log });
    await eventually('the middle', () => recorders.stores.asked.filter((one) => one === 's3:PutObject').length > 2);
    await eventually('calls written out', () => GOING.every((callId) => onDisk(log, raw(spool, callId)) === 3_207));
    for (const callId of GOING) appendFileSync(raw(spool, callId), sound(800, 2));
    await first.kill();
    for (const callId of GOING) truncateSync(raw(spool, callId), onDisk(log, raw(spool, callId)));

    const expected = [...CALLS, ...GOING].map((callId) => expectedOf(spool.root, callId));
    recorders.lives(spool, 'boot-2');
    recorders.stores.fault = () => undefined;
    recorders.stores.keepsContent = true;
    const second = await recorders.start(spool);
    await emptied(spool);
    expect(outcome(expected, spool, recorders)).toEqual(NOTHING_LOST);
    expect(
      second
        .events('recording.adopted')
        .map(({ callId }) => callId as string)
        .toSorted(),
    ).toEqual(GOING);
    for (const callId of GOING) {
      const wav = recorders.stores.contentOf(String(recorders.stores.row(callId, 'recording#1')?.['versionId']));
      expect([wav.readUInt32LE(4), wav.readUInt32LE(40)]).toEqual([wav.length - 8, wav.length - 44]);
    }
  });

  test('beside a volume that does not answer loses nothing that was written out, and stores its own calls', async () => {
    const spool = recorders.livingSpool();
    const log = path.join(spool.folder, 'sync.log');
    await recorders.start(spool, { ...UNHURRIED, SYNC_LOG: log });
    put(spool, { callId: 'going-1', ended: false });
    await eventually('a first time', () => onDisk(log, raw(spool, 'going-1')) > 0);
    stuckIn(path.join(spool.adopted, 'vol-0a1b2c'), '.call.json');
    put(spool, { callId: 'going-2', ended: false });
    for (const callId of ['going-1', 'going-2']) {
      appendFileSync(raw(spool, callId), sound(800, 2));
      const { length } = readFileSync(raw(spool, callId));
      await eventually(`${callId} written out`, () => onDisk(log, raw(spool, callId)) === length);
    }
    const expected = put(spool, { callId: 'ended' });
    await eventually('an own call in the ledger', () => recorders.stores.row('ended', 'call'));
    await eventually('its files gone', () => spool.files().every((name) => !name.startsWith('ended')));
    expect(outcome([expected], spool, recorders)).toMatchObject({ lost: 0, corrupt: 0, duplicates: 0 });
  });
});

/** A call of which one file is never read to its end, as on a disk that hangs: a pipe nobody writes to. */
function stuckIn(root: string, suffix: string, callId = 'stuck'): void {
  mkdirSync(root, { recursive: true });
  writeFileSync(path.join(root, `${callId}.raw`), sound(10, 2));
  if (suffix !== '.call.json') writeFileSync(path.join(root, `${callId}.call.json`), JSON.stringify(callFile(callId)));
  expect(spawnSync('mkfifo', [path.join(root, `${callId}${suffix}`)]).status).toBe(0);
}

test('a volume that falls silent while its calls are taken leaves hands for the own ones', async () => {
  const spool = recorders.livingSpool();
  const volume = path.join(spool.adopted, 'vol-0a1b2c');
  for (let index = 0; index < 20; index += 1) stuckIn(volume, '.progress.json', `stuck-${index}`);
  const recorder = await recorders.start(spool);
  await eventually('what lies there', async () => (await recorder.status().catch(() => undefined))?.['waiting'] === 20);
  await sleep(500);
  const expected = ['own-1', 'own-2'].map((callId) => put(spool, { callId }));
  await emptied(spool);
  expect(outcome(expected, spool, recorders)).toEqual(NOTHING_LOST);
});

describe('a spool of the node itself', () => {
  /** What CloudWatch was told last. */
  const told = ({ lines }: RecorderProcess): Record<string, unknown> =>
    lines.map((line) => JSON.parse(line) as Record<string, unknown>).findLast((line) => 'SpoolAge' in line) ?? {};
  const isSilent = (recorder: RecorderProcess): boolean => Number(told(recorder)['SpoolAge']) > 60;

  test('that hangs is told by its age', async () => {
    const spool = recorders.livingSpool();
    stuckIn(spool.root, '.call.json');
    const recorder = await recorders.start(spool);
    await eventually('figures of it', () => isSilent(recorder));
    expect(await recorder.status()).not.toHaveProperty('waiting');
  });

  test('that cannot be read takes no new calls, is told as full, and is emptied once it can be', async () => {
    const spool = recorders.spool();
    const expected = put(spool, { callId: 'call-1' });
    const away = `${spool.root}-away`;
    renameSync(spool.root, away);
    const recorder = await recorders.start(spool);
    await eventually('no new calls', () => existsSync(spool.noNewCalls));
    expect(await recorder.status()).toMatchObject({ full: true });
    await eventually('figures of it', () => isSilent(recorder));
    expect(told(recorder)).toMatchObject({ SpoolUsedPercent: 100 });
    renameSync(away, spool.root);
    await emptied(spool);
    expect(outcome([expected], spool, recorders)).toEqual(NOTHING_LOST);
  });
});

test('calls of a dead node are stored by another one, while its own go on', async () => {
  const dead = recorders.spool();
  dead.serverLives('boot-dead');
  const expected = CALLS.map((callId) => put(dead, { callId }));
  expected.push(put(dead, { callId: 'cut-off', ended: false, boot: 'boot-dead' }));
  const first = await recorders.start(dead);
  recorders.stores.fault = ({ action, count }) => {
    if (action !== 's3:PutObject' || count < 3) return undefined;
    first.child.kill('SIGKILL');
    return { hangUp: 'after' };
  };
  await first.ended();
  recorders.stores.fault = () => undefined;

  const living = recorders.livingSpool();
  put(living, { callId: 'own-going', ended: false });
  expected.push(put(living, { callId: 'own-ended' }));
  const second = await recorders.start(living, UNHURRIED);
  await eventually('an own call', () => recorders.stores.row('own-ended', 'call'));
  const volume = path.join(living.adopted, 'vol-0a1b2c');
  renameSync(dead.root, volume);
  await emptied(living, volume);
  expect(living.files().map((name) => name.split('.')[0])).toEqual(Array(3).fill('own-going'));
  expect(second.events('recording.adopted').map(({ callId }) => callId)).toEqual(['cut-off']);

  rmSync(volume, { recursive: true });
  expected.push(put(living, { callId: 'own-going', samples: 1_600 }));
  await emptied(living);
  expect(outcome(expected, living, recorders)).toEqual(NOTHING_LOST);
});

describe('a call that lies in two spools', () => {
  const slowly = () => {
    recorders.stores.fault = ({ action }) => (action === 's3:PutObject' ? { waitMs: 100 } : undefined);
  };

  test('is stored once by two nodes at the same time, and goes from both', async () => {
    const [one, two] = [recorders.spool(), recorders.livingSpool()];
    const expected = CALLS.map((callId) => put(one, { callId, ended: callId !== 'ended-5' }));
    const copy = path.join(two.adopted, 'vol-0a1b2c');
    cpSync(one.root, copy, { recursive: true, preserveTimestamps: true });
    slowly();
    await Promise.all([recorders.start(one), recorders.start(two)]);
    await Promise.all([emptied(one), emptied(two, copy)]);
    expect(outcome(expected, one, recorders)).toEqual(NOTHING_LOST);
    expect(recorders.stores.rows.size).toBe(CALLS.length * 3);
    // Both did ask, so that there was something to win.
    expect(recorders.stores.asked.filter((one) => one === 's3:PutObject')).toHaveLength(CALLS.length * 4);
  });

  test('is stored once by two recorders of one volume', async () => {
    const [one, two] = [recorders.livingSpool(), recorders.livingSpool()];
    const shared = recorders.spool();
    const expected = CALLS.map((callId) => put(shared, { callId }));
    for (const { adopted } of [one, two]) symlinkSync(shared.root, path.join(adopted, 'vol-0a1b2c'));
    slowly();
    await Promise.all([recorders.start(one), recorders.start(two)]);
    await emptied(shared);
    expect(outcome(expected, shared, recorders)).toEqual(NOTHING_LOST);
  });

  test('of an earlier moment in one of them, is kept there too and takes nothing from the ledger', async () => {
    const [later, earlier] = [recorders.spool(), recorders.livingSpool()];
    put(later, { callId: 'call-1' });
    await recorders.start(later);
    await emptied(later);
    const rows = () => [...recorders.stores.rows.values()].map((row) => ({ ...row, storedAt: '' }));
    const before = structuredClone(rows());

    const volume = path.join(earlier.adopted, 'vol-0a1b2c');
    cpSync(later.root, volume, { recursive: true });
    put(earlier, { callId: 'call-1', root: volume, ended: false, samples: 300 });
    const second = await recorders.start(earlier);
    await emptied(earlier, volume);
    expect(rows()).toEqual(before);
    expect(recorders.stores.versions.map(({ bytes }) => bytes)).toEqual(expect.arrayContaining([3_244, 1_244]));
    expect(second.events('recording.failed').map(({ reason }) => reason)).toEqual(['a longer one is known']);
  });
});

const BROKEN = {
  'odd-bytes': [{ '.raw': Buffer.concat([sound(100, 2), Buffer.alloc(3)]) }, ['recording cut in a sample']],
  'cut-file': [{ '.raw': sound(100, 2), '.call.json': '{"v":1,"callId":"cut-f' }, ['call file unreadable']],
  'empty-file': [{ '.raw': sound(100, 2), '.call.json': '' }, ['call file unreadable']],
  'cut-line': [
    { '.raw': sound(100, 2), '.transcript.jsonl': `${JSON.stringify(SAID[0])}\n{"at":"20` },
    ['transcript cut in a line'],
  ],
  'no-sound': [{ '.raw': '', '.transcript.jsonl': `${JSON.stringify(SAID[0])}\n` }, ['empty']],
  'nothing-at-all': [{ '.raw': '', '.transcript.jsonl': '', '.call.json': '' }, ['call file unreadable', 'empty']],
  'cut-progress': [{ '.raw': sound(100, 2), '.progress.json': '{"v":1,"callId"' }, []],
} as const;

test('of files that were never written to their end all there is is stored, and what is missing is told', async () => {
  const spool = recorders.spool();
  for (const [callId, [files]] of Object.entries(BROKEN)) {
    const all = { '.call.json': JSON.stringify(callFile(callId)), ...files };
    for (const [suffix, content] of Object.entries(all))
      writeFileSync(path.join(spool.root, `${callId}${suffix}`), content);
  }
  const expected = Object.keys(BROKEN).map((callId) => expectedOf(spool.root, callId));
  const recorder = await recorders.start(spool);
  await emptied(spool);
  expect(outcome(expected, spool, recorders)).toEqual(NOTHING_LOST);
  const told = recorder.events('recording.failed');
  for (const [callId, [, reasons]] of Object.entries(BROKEN))
    expect([callId, told.filter((one) => one['callId'] === callId).map(({ reason }) => reason)]).toEqual([
      callId,
      reasons,
    ]);
});
