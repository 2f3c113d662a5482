import { withMoto } from '../support/moto';
import { Emulated, NOW } from './emulated';
import { call, held } from './ledger-rows';

withMoto('voicecell records hold and release', () => {
  let emulated: Emulated;
  const because = (matter: string) => ['--matter', matter, '--reason', 'subpoena of 2026-11-21', '--yes'];
  const hold = (matter: string, ...args: string[]) =>
    emulated.voicecell('hold', ...(args.length > 0 ? args : ['--call-id', 'c-1']), ...because(matter));
  const release = (matter: string, ...args: string[]) =>
    emulated.voicecell('release', ...(args.length > 0 ? args : ['--call-id', 'c-1']), ...because(matter));

  /** Legal holds of all versions in the vaults and in their copies. */
  const holds = async (): Promise<Record<string, string[]>> => {
    const { recordings, transcripts, recordingsCopy, transcriptsCopy } = emulated.plan().names.buckets;
    return {
      recordings: await emulated.holdsIn(recordings),
      transcripts: await emulated.holdsIn(transcripts),
      recordingsCopy: await emulated.holdsIn(recordingsCopy, 'us-east-2'),
      transcriptsCopy: await emulated.holdsIn(transcriptsCopy, 'us-east-2'),
    };
  };
  const all = (status: string) => ({
    recordings: [status],
    transcripts: [status],
    recordingsCopy: [status],
    transcriptsCopy: [status],
  });

  const noted = async (matter: string) => (await emulated.rowsOf('c-1')).find(({ item }) => item === `hold#${matter}`);

  beforeAll(async () => {
    emulated = await Emulated.start();
  }, 60_000);

  afterAll(() => emulated.stop());

  beforeEach(async () => {
    await emulated.prepare();
    await emulated.note(call('c-1'));
    await emulated.store('c-1', 'recording#1', 'hello');
    await emulated.store('c-1', 'transcript#1', '{}');
  });

  test('holds every object and its copy, and says so in the ledger and to the officer', async () => {
    const { code, out, err } = await hold('M-1');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(await holds()).toEqual(all('ON'));
    expect(await noted('M-1')).toEqual({
      callId: 'c-1',
      item: 'hold#M-1',
      reason: 'subpoena of 2026-11-21',
      by: expect.stringContaining(':assumed-role/brokerage-us-us-east-1-records-officer/'),
      placedAt: NOW.toISOString(),
    });
    expect(out.replaceAll(/[0-9a-f-]{36}/g, '<id>')).toBe(HELD);
  });

  test('held again, it stays as it was first held', async () => {
    await hold('M-1');
    const first = await noted('M-1');
    const later = new Date('2026-12-01T00:00:00.000Z');
    const { code, out } = await emulated.asked({ now: () => later }, 'hold', '--call-id', 'c-1', ...because('M-1'));
    expect(code).toBe(0);
    expect(out).toContain('c-1  held already');
    expect(await noted('M-1')).toEqual(first);
    expect(await holds()).toEqual(all('ON'));
  });

  test('released, it is free; released again, it stays so', async () => {
    await hold('M-1');
    expect(await release('M-1')).toMatchObject({ code: 0, err: '' });
    expect(await holds()).toEqual(all('OFF'));
    const first = await noted('M-1');
    expect(first).toMatchObject({
      placedAt: NOW.toISOString(),
      releasedAt: NOW.toISOString(),
      releaseReason: expect.any(String),
    });
    const again = await release('M-1');
    expect(again.code).toBe(0);
    expect(again.out).toContain('c-1  released already');
    expect(await noted('M-1')).toEqual(first);
    expect(await holds()).toEqual(all('OFF'));
  });

  test('two matters hold a call until both have let it go', async () => {
    await hold('M-1');
    await hold('M-2');
    const first = await release('M-1');
    expect(first.code).toBe(0);
    expect(first.out).toContain('c-1  released, still on for M-2');
    expect(await holds()).toEqual(all('ON'));
    expect((await release('M-2')).out).toContain('c-1  released\n');
    expect(await holds()).toEqual(all('OFF'));
  });

  test('held anew after a release, it is held', async () => {
    await hold('M-1');
    await release('M-1');
    expect((await hold('M-1')).out).toContain('c-1  placed');
    expect(await noted('M-1')).not.toHaveProperty('releasedAt');
    expect(await holds()).toEqual(all('ON'));
    await release('M-1');
    expect(await holds()).toEqual(all('OFF'));
  });

  test('a matter that never held the call releases nothing, and is told', async () => {
    await hold('M-1');
    const { code, out } = await release('M-l');
    expect(code).toBe(1);
    expect(out).toContain('FAILED  M-l never held it; see --matter');
    expect(await holds()).toEqual(all('ON'));
    expect(await noted('M-l')).toBeUndefined();
  });

  test('a hold that comes while another matter lets go is not lifted with it', async () => {
    await hold('M-1');
    emulated.replicas.before(/PUT .*recordings-123.*legal-hold/, () => emulated.note(held('c-1', 'M-2')));
    const { code, out } = await release('M-1');
    expect(code).toBe(0);
    expect(out).toContain('c-1  released, on again for M-2');
    expect(await holds()).toEqual(all('ON'));
  });

  test('holds all versions of a key, not only the one that the ledger names', async () => {
    const { recordings } = emulated.plan().names.buckets;
    await emulated.put('us-east-1', recordings, '2026/11/20/c-1/1.wav', 'written over');
    await emulated.put('us-east-1', recordings, '2026/11/20/c-1/1.wav2', 'of another key');
    expect(await hold('M-1')).toMatchObject({ code: 0, err: '' });
    expect((await emulated.holdsIn(recordings)).toSorted()).toEqual(['ON', 'ON', 'none']);
  });

  test('a copy that is not there yet is named, and the rest is held', async () => {
    emulated.replicas.ids.clear();
    const { code, out } = await hold('M-1');
    expect(code).toBe(1);
    expect(out).toContain('FAILED  copy');
    expect(out.replaceAll(/\s+/g, ' ')).toContain('is not there; it may not have been copied yet: run this again');
    expect(out).toContain('M-1: 0 of 1 call done, 1 NOT DONE');
    expect((await holds())['recordings']).toEqual(['ON']);
  });

  test('what it may not hold is named with the action, and the rest is held', async () => {
    emulated.replicas.denied = /^PUT .*\.wav.*legal-hold/;
    const { code, out } = await hold('M-1');
    expect(code).toBe(1);
    expect(out.match(/not allowed: s3:PutObjectLegalHold/g)).toHaveLength(2);
    expect(await holds()).toMatchObject({ recordings: ['none'], transcripts: ['ON'], transcriptsCopy: ['ON'] });
  });

  test('what the ledger would not know is not held', async () => {
    emulated.replicas.denied = /UpdateItem/;
    const { code, out } = await hold('M-1');
    expect(code).toBe(1);
    expect(out).toContain('FAILED  us-east-1: not allowed: dynamodb:UpdateItem');
    expect(await holds()).toEqual(all('none'));
  });

  test('holds what is selected as find selects it', async () => {
    await emulated.note(call('c-2', { personId: 'P-2' }));
    const { out } = await hold('M-1', '--person', 'P-1001');
    expect(out).toContain('M-1: 1 of 1 call done');
    expect((await emulated.rowsOf('c-2')).map(({ item }) => item)).toEqual(['call']);
  });

  test('that nothing matches is an answer', async () => {
    expect(await hold('M-1', '--person', 'nobody')).toEqual({
      code: 0,
      out: 'no calls match in us-east-1, us-east-2; nothing was changed',
      err: '',
    });
  });

  describe('without --yes', () => {
    const args = ['--call-id', 'c-1', '--matter', 'M-1', '--reason', 'subpoena'];

    test.each([
      ['y', 0, 'ON'],
      ['n', 2, 'none'],
      ['', 2, 'none'],
    ])('asks whoever sits there, and %j decides', async (answer, code, status) => {
      const asked: string[] = [];
      const ask = (question: string) => Promise.resolve(asked.push(question)).then(() => answer);
      expect((await emulated.asked({ ask }, 'hold', ...args)).code).toBe(code);
      expect(asked).toEqual(['place the hold of M-1 on 1 call, 2 objects and copies, in us-east-1? [y/N] ']);
      expect(await holds()).toEqual(all(status));
    });

    test('does nothing where nobody sits', async () => {
      emulated.replicas.asked.length = 0;
      expect(await emulated.voicecell('hold', ...args)).toEqual({
        code: 2,
        out: '',
        err: '--yes: got none and no terminal to ask, allowed either, add it',
      });
      expect(emulated.replicas.asked).toEqual([]);
    });
  });
});

const HELD = `us-east-1
  c-1  placed
    on      vault  2026/11/20/c-1/1.wav <id>
    on      copy   2026/11/20/c-1/1.wav <id>
    on      vault  2026/11/20/c-1/1.json <id>
    on      copy   2026/11/20/c-1/1.json <id>
M-1: 1 of 1 call done`;
