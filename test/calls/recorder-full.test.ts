import { existsSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Expected } from '../media/recorder/support/expected';
import type { TestSpool } from '../media/recorder/support/spool';
import { describeWithMounts, mountMemory, unmount } from './support/mounts';
import { emptied, eventually, NOTHING_LOST, outcome, put, Recorders } from './support/recorders';

/** Of the disk, and of a call: two seconds of both sides. */
const KILOBYTES = 2_048;
const SAMPLES = 16_000;

describeWithMounts('a disk of a node', () => {
  let recorders: Recorders;
  let spool: TestSpool;
  const mounted: string[] = [];

  const mount = (at: string): void => {
    expect(mountMemory(at, KILOBYTES)).toBeUndefined();
    mounted.push(at);
  };

  beforeEach(async () => {
    recorders = await Recorders.withStores();
    spool = recorders.spool();
    mount(spool.root);
  });
  afterEach(async () => {
    await recorders.stop(() => mounted.splice(0).forEach(unmount));
  });

  const percent = (): number => {
    const { blocks, bfree } = statfsSync(spool.root);
    return ((blocks - bfree) / blocks) * 100;
  };

  function fillTo(wanted: number, expected: Expected[]): void {
    while (percent() < wanted) expected.push(put(spool, { callId: `call-${expected.length}`, samples: SAMPLES }));
  }

  /** To the last byte: the next write anywhere is refused. */
  function fillUp(): void {
    const write = (bytes: number): void => {
      for (;;) writeFileSync(path.join(spool.root, 'filler'), Buffer.alloc(bytes), { flag: 'a' });
    };
    for (const bytes of [4_096, 1]) expect(() => write(bytes)).toThrow('ENOSPC');
  }

  test('keeps new calls away before it is full, loses nothing when it is, and takes calls again once there is room', async () => {
    spool.serverLives();
    recorders.stores.fault = ({ action }) =>
      action === 's3:PutObject' ? { status: 503, code: 'SlowDown' } : undefined;
    const expected: Expected[] = [];
    const recorder = await recorders.start(spool);
    fillTo(60, expected);
    await eventually('the spool as it is', async () => (await figures()).waiting === expected.length);
    expect(existsSync(spool.noNewCalls)).toBe(false);
    fillTo(82, expected);
    await eventually('no new calls', () => existsSync(spool.noNewCalls));
    expect(percent()).toBeLessThan(95);
    expect(await figures()).toMatchObject({ full: true });

    // Calls that were going on are written until nothing can be written any more, the recorder's own notes among it.
    fillTo(90, expected);
    fillUp();
    const asked = recorders.stores.asked.length;
    await eventually('another attempt', () => recorders.stores.asked.length > asked);
    recorders.stores.fault = () => undefined;
    await eventually('an empty spool', () => spool.files().every((name) => name === 'filler'));
    expect(recorder.hasEnded).toBe(false);
    rmSync(path.join(spool.root, 'filler'));
    await eventually('new calls', () => !existsSync(spool.noNewCalls));
    expect(outcome(expected, spool, recorders)).toEqual(NOTHING_LOST);

    async function figures(): Promise<Record<string, unknown>> {
      return recorder.status().catch(() => ({}));
    }
  });

  test('that came from another node is emptied and can be unmounted while the recorder runs', async () => {
    const recorder = await recorders.start(spool);
    const volume = path.join(spool.adopted, 'vol-0a1b2c');
    await eventually('the recorder', () => recorder.status().catch(() => undefined));
    mount(volume);
    const expected = ['call-1', 'call-2', 'call-3'].map((callId) => put(spool, { callId, root: volume }));
    await emptied(spool, volume);
    unmount(volume);
    mounted.pop();
    rmdirSync(volume);
    expected.push(put(spool, { callId: 'own' }));
    await emptied(spool);
    expect(outcome(expected, spool, recorders)).toEqual(NOTHING_LOST);
  });
});
