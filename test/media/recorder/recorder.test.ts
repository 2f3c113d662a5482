import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, constants, existsSync, mkdirSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import files from 'node:fs/promises';
import path from 'node:path';
import timers from 'node:timers/promises';
import { callSchema, storedSchema } from '../../../media/contract/ledger';
import { parseEvent } from '../../../media/contract/events';
import { halfWritten } from '../../../media/recorder/half-written';
import { Retries } from '../../../media/recorder/retries';
import { isFull, Room } from '../../../media/recorder/room';
import { readSettings } from '../../../media/recorder/settings';
import { callsIn } from '../../../media/recorder/spool';
import { storeCall } from '../../../media/recorder/store-call';
import { numberHash } from '../../../records/number-hash';
import { FakeStores, NUMBER_KEY } from './support/fake-stores';
import { RunningRecorder } from './support/running';
import { callFile, sound, TestSpool } from './support/spool';

let stores: FakeStores;
let spool: TestSpool;
let running: RunningRecorder;

beforeAll(async () => {
  stores = await FakeStores.start();
});
afterAll(() => stores.stop());
beforeEach(() => {
  stores.reset();
  spool = new TestSpool();
  spool.serverLives();
  running = RunningRecorder.against(spool, stores);
});
afterEach(() => spool.remove());

const wavOf = (samples: Buffer, rate: number): string => {
  const header = Buffer.alloc(44);
  header.write('RIFF');
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 4, 28);
  header.writeUInt16LE(4, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return createHash('sha256')
    .update(Buffer.concat([header, samples]))
    .digest('hex');
};

describe('a call that has ended', () => {
  test('is in the vault, in the ledger, and no longer in the spool', async () => {
    spool.put({ said: [{ at: '2026-11-22T09:30:09.000Z', who: 'caller', text: 'I need an appointment' }] });
    await running.settle();

    expect(stores.versions.map(({ key }) => key.split('/')[0])).toEqual(['recordings', 'transcripts']);
    expect(stores.versions[0]?.sha256).toBe(wavOf(sound(800, 2), 8_000));
    const call = callSchema.parse(stores.row('call-1', 'call'));
    expect(call).toMatchObject({
      agentId: 'scheduling',
      carrier: 'carrier-a',
      retentionDays: 2192,
      lockMode: 'COMPLIANCE',
    });
    expect(call.consent).toEqual(callFile('call-1').consent);
    expect(storedSchema.parse(stores.row('call-1', 'recording#1'))).toMatchObject({
      versionId: stores.versions[0]?.versionId,
      sha256: stores.versions[0]?.sha256,
      bytes: 3244,
      contentType: 'audio/wav',
      lockMode: 'COMPLIANCE',
    });
    expect(storedSchema.parse(stores.row('call-1', 'transcript#1')).bucket).toBe('transcripts');
    expect(spool.files()).toEqual([]);
  });

  test('is told of in the words of the contract', async () => {
    spool.put();
    await running.settle();
    expect(running.lines.map((line) => parseEvent(JSON.stringify(line)))).toEqual([
      { event: expect.objectContaining({ event: 'recording.stored', bytes: 3244, seconds: 0.1 }) },
    ]);
  });

  test('has its number in the ledger as a hash, and neither number nor name in key, headers or lines', async () => {
    spool.put();
    await running.settle();
    expect(stores.row('call-1', 'call')?.['numberHash']).toBe(numberHash(Buffer.from(NUMBER_KEY), '+12025550123'));
    const told = JSON.stringify([stores.versions, running.lines]);
    expect(told).not.toContain('2025550123');
    expect(JSON.stringify(stores.versions)).not.toMatch(/call-1|scheduling/);
    expect([...stores.rows.values()].some((row) => JSON.stringify(row).includes('2025550123'))).toBe(false);
  });

  test('names no lock, no retention and no key in its upload', async () => {
    spool.put();
    await running.settle();
    const sent = Object.keys(stores.versions[0]?.headers ?? {});
    expect(sent.filter((name) => /object-lock|encryption|tagging|meta/.test(name))).toEqual([]);
  });

  test('is left alone until nothing more is written of it', async () => {
    spool.put();
    await running.settle(1);
    expect(stores.asked).toEqual([]);
    writeFileSync(path.join(spool.root, 'call-1.raw'), sound(1_600, 2));
    await running.settle(2);
    expect(stores.asked).toEqual([]);
    await running.settle(5);
    expect(stores.row('call-1', 'recording#1')?.['bytes']).toBe(6444);
  });

  test('of wideband becomes one recording, the caller left, the shorter side silent at its end', async () => {
    spool.put({ wide: true });
    await running.settle();
    const both = Buffer.alloc(800 * 4);
    const [caller, agent] = [sound(800, 1), Buffer.concat([sound(640, 1), Buffer.alloc(320)])];
    for (let at = 0; at < 800; at += 1) {
      caller.copy(both, at * 4, at * 2, at * 2 + 2);
      agent.copy(both, at * 4 + 2, at * 2, at * 2 + 2);
    }
    expect(stores.row('call-1', 'recording#1')?.['sha256']).toBe(wavOf(both, 16_000));
  });

  test('leaves out a frame that was cut in the middle', async () => {
    spool.put();
    writeFileSync(path.join(spool.root, 'call-1.raw'), Buffer.concat([sound(100, 2), Buffer.from([1, 2, 3])]));
    await running.settle();
    expect(stores.row('call-1', 'recording#1')?.['sha256']).toBe(wavOf(sound(100, 2), 8_000));
  });

  test('whose caller refused is in the ledger with the refusal and without a recording', async () => {
    const consent = { mode: 'explicit-dtmf', granted: false, ts: '2026-11-22T09:30:04.000Z' };
    writeFileSync(path.join(spool.root, 'call-1.call.json'), JSON.stringify({ ...callFile('call-1'), consent }));
    await running.settle();
    expect(callSchema.parse(stores.row('call-1', 'call')).consent).toEqual(consent);
    expect(stores.versions).toEqual([]);
    expect(spool.files()).toEqual([]);
  });

  test('keeps what somebody else has told of it in the ledger', async () => {
    stores.rows.set('call-1/call', { callId: 'call-1', item: 'call', personId: 'P-1' });
    spool.put();
    await running.settle();
    expect(stores.row('call-1', 'call')).toMatchObject({ personId: 'P-1', day: '2026-11-22' });
  });

  test('of a withheld number needs no number key', async () => {
    spool.put({ file: { callerNumber: undefined } });
    stores.fault = ({ action }) =>
      action.startsWith('secrets') ? { status: 400, code: 'AccessDeniedException' } : undefined;
    await running.settle();
    expect(stores.row('call-1', 'call')).not.toHaveProperty('numberHash');
  });
});

describe('a call that goes on', () => {
  test('is not touched, however quiet it is', async () => {
    spool.put({ ended: false });
    await running.settle(25);
    expect(stores.asked).toEqual([]);
  });

  test('is over when the media server is another one, or none, or has not been seen for half a minute', async () => {
    spool.put({ ended: false });
    spool.serverLives('boot-2');
    await running.settle();
    expect(running.events('recording.adopted')).toHaveLength(1);
    spool.put({ callId: 'call-2', ended: false });
    spool.serverIsGone();
    await running.settle();
    spool.put({ callId: 'call-3', ended: false });
    spool.serverLives();
    await running.settle(31);
    expect(stores.versions).toHaveLength(3);
    expect(stores.row('call-3', 'call')?.['endedAt']).toBe('2026-11-22T09:40:00.000Z');
  });

  test('of which the media server never said a word is kept all the same', async () => {
    spool.serverIsGone();
    writeFileSync(path.join(spool.root, 'call-9.raw'), sound(10, 2));
    await running.settle();
    expect(callSchema.parse(stores.row('call-9', 'call')).carrier).toBeUndefined();
    expect(stores.versions).toHaveLength(1);
  });
});

describe('a volume of a node that is gone', () => {
  test('is emptied like the own one, its calls having no media server any more', async () => {
    const root = path.join(spool.adopted, 'vol-1');
    mkdirSync(root);
    spool.serverLives('boot-0', root);
    spool.put({ callId: 'call-7', root, ended: false, boot: 'boot-0' });
    await running.settle();
    expect(stores.versions).toHaveLength(1);
    expect(running.events('recording.adopted')).toHaveLength(1);
    expect(spool.files(root)).toEqual([]);
  });

  test('that does not answer is told of once, counts as waiting, and is emptied when it does', async () => {
    const root = path.join(spool.adopted, 'vol-1');
    mkdirSync(root);
    writeFileSync(path.join(root, 'call-7.raw'), sound(10, 2));
    const stuck = path.join(root, 'call-7.call.json');
    spawnSync('mkfifo', [stuck]);
    const waited = jest.spyOn(timers, 'setTimeout');
    spool.put();
    await running.settle();
    expect(running.events('recording.stored')).toHaveLength(1);

    running.pass(100);
    for (const seconds of [1, 1]) await running.settle(seconds);
    expect(running.lines.flatMap(({ problems }) => problems ?? [])).toEqual(['vol-1 does not answer']);
    expect(running.recorder.figures(0).oldestSeconds).toBeGreaterThan(100);
    // For the first look alone.
    expect(waited).toHaveBeenCalledTimes(1);
    waited.mockRestore();

    closeSync(openSync(stuck, constants.O_WRONLY | constants.O_NONBLOCK));
    rmSync(stuck);
    while (running.events('recording.stored').length < 2) await running.settle();
    expect(running.recorder.figures(0).oldestSeconds).toBe(0);
  });

  test('that cannot be read keeps nobody from storing the own ones', async () => {
    writeFileSync(path.join(spool.adopted, 'vol-broken'), 'no folder');
    spool.put();
    await running.settle();
    expect(running.events('recording.stored')).toHaveLength(1);
  });
});

describe('nothing leaves the spool', () => {
  const stays = async (): Promise<void> => {
    await running.settle();
    expect(spool.files()).toContain('call-1.raw');
    expect(running.events('recording.stored')).toEqual([]);
  };

  test.each([
    ['without a lock', 'none', 'no lock'],
    ['with a weaker lock', { mode: 'GOVERNANCE', days: 2192 }, 'lock GOVERNANCE'],
    ['with a shorter lock', { mode: 'COMPLIANCE', days: 2191 }, 'lock too short'],
  ] as const)('%s, and it is said once', async (_, lock, reason) => {
    spool.put();
    stores.lock = lock;
    await stays();
    running.pass(60);
    await stays();
    expect(running.events('recording.failed')).toEqual([expect.objectContaining({ reason })]);
    stores.lock = { mode: 'COMPLIANCE', days: 2192 };
    await running.settle(200);
    expect(spool.files()).toEqual([]);
    expect(stores.versions).toHaveLength(1);
  });

  test('under another key', async () => {
    spool.put();
    stores.keyArn = 'arn:aws:kms:us-east-1:111111111111:key/other';
    await stays();
    expect(running.events('recording.failed')).toEqual([expect.objectContaining({ reason: 'another key' })]);
  });

  test.each([
    ['S3 refuses', 's3:PutObject', { status: 403, code: 'AccessDenied' }, 'AccessDenied'],
    ['KMS refuses', 's3:PutObject', { status: 400, code: 'KMS.DisabledException' }, 'KMS.DisabledException'],
    ['the lock cannot be read', 's3:GetObjectRetention', { status: 403, code: 'AccessDenied' }, 'AccessDenied'],
    ['the ledger refuses', 'dynamodb:PutItem', { status: 400, code: 'AccessDeniedException' }, 'AccessDeniedException'],
    [
      'the call cannot be noted',
      'dynamodb:UpdateItem',
      { status: 400, code: 'ValidationException' },
      'ValidationException',
    ],
    [
      'the number key cannot be read',
      'secretsmanager:GetSecretValue',
      { status: 400, code: 'DecryptionFailure' },
      'DecryptionFailure',
    ],
  ] as const)('while %s, and all of it once that is over', async (_, at, fault, reason) => {
    spool.put();
    stores.fault = ({ action }) => (action === at ? fault : undefined);
    await stays();
    expect(running.events('recording.failed')).toEqual([expect.objectContaining({ reason })]);
    stores.fault = () => undefined;
    await running.settle(120);
    expect(spool.files()).toEqual([]);
    expect(stores.versions).toHaveLength(1);
  });
});

test('an answer that never came brings no second object', async () => {
  spool.put();
  stores.fault = ({ action, count }) => (action === 's3:PutObject' && count === 1 ? { hangUp: 'after' } : undefined);
  await running.settle();
  expect(stores.versions).toHaveLength(1);
  expect(spool.files()).toContain('call-1.raw');
  await running.settle(120);
  expect(stores.versions).toHaveLength(1);
  expect(stores.row('call-1', 'recording#1')?.['versionId']).toBe(stores.versions[0]?.versionId);
  expect(spool.files()).toEqual([]);
});

test('a call that was stored while the spool was being looked at is not stored again', async () => {
  spool.put();
  const seen = (await callsIn(spool.root))[0];
  if (!seen) throw new Error('the spool is empty');
  await running.settle();
  const noted = structuredClone(stores.row('call-1', 'call'));
  expect(await halfWritten(seen)).toEqual([]);
  expect(await storeCall(seen, running.stores)).toBeUndefined();
  const left = { ...seen, files: [{ part: 'progress', bytes: 1, changedAt: 0 }] } as const;
  expect(await storeCall(left, running.stores)).toBeUndefined();
  expect(stores.versions).toHaveLength(1);
  expect(stores.row('call-1', 'call')).toEqual(noted);
});

describe('a recording that another recorder of the volume took away', () => {
  const whenGone = async (refused: string): Promise<void> => {
    spool.put();
    stores.fault = ({ action }) => (action === refused ? { status: 403, code: 'AccessDenied' } : undefined);
    await running.settle();
    rmSync(path.join(spool.root, 'call-1.raw'));
    stores.fault = () => undefined;
    await running.settle(120);
  };

  test('is noted as it lies in the vault', async () => {
    await whenGone('s3:GetObjectRetention');
    expect(stores.row('call-1', 'recording#1')?.['versionId']).toBe(stores.versions[0]?.versionId);
    expect(spool.files()).toEqual([]);
  });

  test('is missed for good where the vault has it not either', async () => {
    await whenGone('s3:PutObject');
    running.pass(200);
    await running.settle();
    expect(stores.rows.size).toBe(0);
    expect(spool.files()).toContain('call-1.progress.json');
  });
});

test('what is written after a call was hashed is stored too', async () => {
  spool.put();
  stores.fault = ({ action }) =>
    action === 'dynamodb:UpdateItem' ? { status: 400, code: 'ValidationException' } : undefined;
  await running.settle();
  writeFileSync(path.join(spool.root, 'call-1.raw'), sound(900, 2));
  stores.fault = () => undefined;
  await running.settle(120);
  expect(stores.row('call-1', 'recording#1')?.['sha256']).toBe(wavOf(sound(900, 2), 8_000));
  expect(spool.files()).toEqual([]);
});

test.each(['s3:PutObject', 'dynamodb:UpdateItem'])(
  'what is written while it is being stored (%s) is stored too',
  async (during) => {
    spool.put();
    stores.fault = ({ action, count }) => {
      if (action === during && count === 1) writeFileSync(path.join(spool.root, 'call-1.raw'), sound(900, 2));
      return undefined;
    };
    await running.settle();
    expect(stores.row('call-1', 'recording#1')?.['sha256']).toBe(wavOf(sound(900, 2), 8_000));
    expect(stores.versions).toHaveLength(2);
    expect(spool.files()).toEqual([]);
  },
);

test('a call is stored from a disk that has no room for a note of it', async () => {
  spool.put();
  // Whatever is written to it finds the disk full.
  symlinkSync('/dev/full', path.join(spool.root, 'call-1.progress.json.part'));
  await running.settle();
  expect(stores.versions).toHaveLength(1);
  expect(stores.row('call-1', 'recording#1')?.['versionId']).toBe(stores.versions[0]?.versionId);
  expect(spool.files()).toEqual([]);
});

describe('a spool that fills', () => {
  test.each([
    [false, 79.9, false],
    [false, 80, true],
    [true, 70, true],
    [true, 69.9, false],
  ])('that was full (%s) and is used to %d percent is full: %s', (was, percent, full) => {
    expect(isFull(was, percent)).toBe(full);
  });

  test('tells whoever takes calls, and takes it back', async () => {
    const room = new Room({ SPOOL_DIRECTORY: spool.root, NO_NEW_CALLS_FILE: spool.noNewCalls });
    writeFileSync(spool.noNewCalls, 'of before');
    await room.measure();
    expect(room.usedPercent).toBeGreaterThan(0);
    expect(existsSync(spool.noNewCalls)).toBe(room.full);
  });
});

describe('a spool that cannot be read', () => {
  const roomOf = (root: string): Room => new Room({ SPOOL_DIRECTORY: root, NO_NEW_CALLS_FILE: spool.noNewCalls });

  afterEach(() => jest.restoreAllMocks());

  test('is as good as full, and takes calls again when it can be', async () => {
    const room = roomOf(path.join(spool.folder, 'away'));
    await expect(room.measure()).rejects.toThrow('ENOENT');
    expect(room).toMatchObject({ full: true, usedPercent: 100 });
    expect(existsSync(spool.noNewCalls)).toBe(true);
    mkdirSync(path.join(spool.folder, 'away'));
    await room.measure();
    expect(room.usedPercent).toBeLessThan(100);
    expect(existsSync(spool.noNewCalls)).toBe(room.full);
  });

  test('because it does not answer is asked once', async () => {
    const opened = jest.spyOn(files, 'opendir').mockReturnValue(new Promise(() => undefined));
    jest.spyOn(timers, 'setTimeout').mockResolvedValue(undefined);
    const room = roomOf(spool.root);
    for (const _ of [1, 2]) await expect(room.measure()).rejects.toThrow('no answer');
    expect(room).toMatchObject({ full: true, usedPercent: 100 });
    expect(existsSync(spool.noNewCalls)).toBe(true);
    expect(opened).toHaveBeenCalledTimes(1);
  });
});

describe('what is not whole', () => {
  afterEach(() => jest.restoreAllMocks());

  test('is told once, also where the disk has no room for a note of it', async () => {
    spool.put();
    writeFileSync(path.join(spool.root, 'call-1.raw'), sound(10, 2).subarray(1));
    symlinkSync('/dev/full', path.join(spool.root, 'call-1.progress.json.part'));
    stores.fault = ({ action }) => (action === 's3:PutObject' ? { status: 403, code: 'AccessDenied' } : undefined);
    await running.settle();
    await running.settle(120);
    expect(stores.asked.filter((one) => one === 's3:PutObject')).toHaveLength(2);
    const reasons = running.events('recording.failed').map(({ reason }) => reason);
    expect(reasons).toEqual(['recording cut in a sample', 'AccessDenied']);
  });

  test('is not what another recorder of the volume has just removed', async () => {
    spool.put();
    const [seen] = await callsIn(spool.root);
    if (!seen) throw new Error('the spool is empty');
    const read = jest.spyOn(files, 'readFile').mockImplementation(() => {
      rmSync(path.join(spool.root, 'call-1.call.json'));
      return Promise.reject(new Error('ENOENT'));
    });
    expect(await halfWritten(seen)).toEqual([]);
    expect(read).toHaveBeenCalledTimes(1);
  });
});

test('what failed is tried again ever later, with chance in it, and at most every two minutes', () => {
  let now = 0;
  for (const chance of [0, 0.999]) {
    const retries = new Retries(
      () => now,
      () => chance,
    );
    const waits = Array.from({ length: 12 }, () => {
      const from = now;
      retries.fail('call-1');
      while (!retries.isDue('call-1')) now += 100;
      return now - from;
    });
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect([waits[0], waits.at(-1)]).toEqual(chance === 0 ? [500, 60_000] : [1_000, 120_000]);
  }
});

test('settings are judged all at once, each with what was got', () => {
  expect(readSettings({ RECORDINGS_LOCK: 'NONE', STATUS_PORT: '0' })).toEqual({
    problems: expect.arrayContaining([
      expect.stringMatching(/^RECORDINGS_LOCK is "NONE": /),
      expect.stringMatching(/^STATUS_PORT is "0": /),
      expect.stringMatching(/^LEDGER_TABLE is not set: /),
    ]) as string[],
  });
});

test('an event hold is looked at where the clock is an event', async () => {
  const { lockFlaws } = await import('../../../media/recorder/lock');
  const expected = { mode: 'GOVERNANCE', days: 90, clock: 'event' } as const;
  const at = new Date();
  expect(lockFlaws(expected, at, { EventHold: 'ON', EventHoldDuration: { Days: 90 } })).toEqual([]);
  expect(lockFlaws(expected, at, { EventHold: 'ON', EventHoldDuration: { Days: 89 } })).toEqual([
    'event hold too short',
  ]);
  expect(lockFlaws(expected, at, { Mode: 'COMPLIANCE' })).toEqual(['no event hold']);
});
