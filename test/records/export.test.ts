import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Manifest } from '../../records/export/model';
import { withMoto } from '../support/moto';
import { Emulated, NOW } from './emulated';
import { call, held, sha256Of } from './ledger-rows';

/** More than one chunk of a body. */
const AUDIO = 'RIFF'.repeat(100_000);

withMoto('voicecell records export', () => {
  let emulated: Emulated;
  let out: string;
  const bring = (...args: string[]) =>
    emulated.voicecell('export', '--out', out, ...(args.length > 0 ? args : ['--call-id', 'c-1']));

  const manifest = (): Manifest => JSON.parse(readFileSync(path.join(out, 'manifest.json'), 'utf8')) as Manifest;

  const sha256sum = () => spawnSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: out, encoding: 'utf8' });

  const gets = (): string[] => emulated.replicas.asked.filter((one) => one.startsWith('GET ') && one.includes('.wav'));

  beforeAll(async () => {
    emulated = await Emulated.start();
  }, 60_000);

  afterAll(() => emulated.stop());

  beforeEach(async () => {
    await emulated.prepare();
    out = path.join(mkdtempSync(path.join(tmpdir(), 'voicecell-records-')), 'production');
    await emulated.note(call('c-1'));
    await emulated.store('c-1', 'recording#1', AUDIO);
    await emulated.store('c-1', 'transcript#1', '{"text":"hello"}');
    await emulated.note(held('c-1', 'M-1'));
  });

  afterEach(() => {
    rmSync(path.dirname(out), { recursive: true });
  });

  test('writes what the ledger names, and sha256sum finds it whole', async () => {
    const { code, err } = await bring();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(readdirSync(path.join(out, 'us-east-1', 'c-1')).toSorted()).toEqual([
      'recording-1.wav',
      'transcript-1.json',
    ]);
    expect(readFileSync(path.join(out, 'us-east-1', 'c-1', 'recording-1.wav'), 'utf8')).toBe(AUDIO);
    expect(sha256sum()).toMatchObject({ status: 0, stderr: '' });
    appendFileSync(path.join(out, 'us-east-1', 'c-1', 'transcript-1.json'), ' ');
    expect(sha256sum()).toMatchObject({ status: 1, stdout: expect.stringContaining('transcript-1.json: FAILED') });
  });

  test('prints the checksum that seals the whole', async () => {
    const { out: text } = await bring();
    expect(text).toContain(`SHA-256 of SHA256SUMS:\n${sha256Of(readFileSync(path.join(out, 'SHA256SUMS')))}`);
    const sums = readFileSync(path.join(out, 'SHA256SUMS'), 'utf8').trim().split('\n');
    expect(sums.map((line) => line.slice(66))).toEqual([
      'custody.jsonl',
      'manifest.json',
      'manifest.txt',
      'us-east-1/c-1/recording-1.wav',
      'us-east-1/c-1/transcript-1.json',
    ]);
  });

  test('keeps what it writes from others on the machine', async () => {
    await bring();
    const mode = (...names: string[]): string => (statSync(path.join(out, ...names)).mode & 0o777).toString(8);
    expect(mode('.')).toBe('700');
    expect(mode('us-east-1', 'c-1', 'recording-1.wav')).toBe('600');
    expect(mode('manifest.json')).toBe('600');
  });

  test('says of each object how it is locked, and who brought it by which request', async () => {
    await bring();
    const { calls, counts, findings } = manifest();
    expect({ counts, findings }).toEqual({
      counts: { calls: 1, objects: 2, bytes: AUDIO.length + 16, findings: 0 },
      findings: [],
    });
    const [recording] = calls[0]?.objects ?? [];
    const by = 'arn:aws:sts::123456789012:assumed-role/brokerage-us-us-east-1-records-officer/records-';
    expect(recording).toMatchObject({
      expected: { bytes: AUDIO.length, sha256: sha256Of(AUDIO) },
      found: { bytes: AUDIO.length, sha256: sha256Of(AUDIO) },
      state: {
        sha256: sha256Of(AUDIO),
        lockMode: 'COMPLIANCE',
        retainUntil: expect.stringMatching(/^20\d\d-/),
        legalHold: 'OFF',
      },
      fetched: { at: NOW.toISOString(), requestId: expect.stringMatching(/\w/), by: expect.stringContaining(by) },
      problems: [],
    });
    expect(calls[0]?.ledger.map(({ item }) => item)).toEqual(['call', 'hold#M-1', 'recording#1', 'transcript#1']);
  });

  test('says who looked, in whose place, with what', async () => {
    await bring();
    const { runs, request } = manifest();
    expect(request).toEqual({
      deployment: 'brokerage-us',
      regions: ['us-east-1', 'us-east-2'],
      selection: { callIds: ['c-1'] },
    });
    expect(runs).toEqual([
      {
        at: NOW.toISOString(),
        tool: { name: 'voicecell', version: expect.stringMatching(/^\d/) },
        custodians: ['us-east-1', 'us-east-2'].map((region) => ({
          region,
          account: '123456789012',
          arn: `arn:aws:sts::123456789012:assumed-role/brokerage-us-${region}-records-officer/records-moto`,
          userId: expect.stringContaining(':records-moto'),
          session: 'records-moto',
          takenBy: 'arn:aws:sts::123456789012:user/moto',
        })),
      },
    ]);
  });

  test('has a manifest for people, in 80 columns but for names that are longer', async () => {
    await bring();
    const text = readFileSync(path.join(out, 'manifest.txt'), 'utf8');
    expect(text).toContain('No findings: every object is as the ledger says.');
    expect(text).toContain('us-east-1/c-1/recording-1.wav');
    expect(text).toContain(`SHA-256   ${sha256Of(AUDIO)}`);
    const wide = text.split('\n').filter((line) => line.length > 80 && line.trim().includes(' '));
    expect(wide).toEqual([]);
  });

  test('keeps the number it was asked for out of everything it writes', async () => {
    await emulated.secret('brokerage-us-number-key');
    await emulated.note(call('c-1', { numberHash: emulated.hashOf('+12025550123') }));
    const { code } = await bring('--number', '+12025550123');
    expect(code).toBe(0);
    const files = readdirSync(out, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    expect(files.length).toBeGreaterThan(4);
    for (const file of files)
      expect(readFileSync(path.join(file.parentPath, file.name), 'utf8')).not.toContain('2025550123');
  });

  describe('finds', () => {
    const findings = async (code: number): Promise<string> => {
      const ran = await bring();
      expect(ran.code).toBe(code);
      expect(manifest().findings.join('\n')).toBe(ran.err);
      return ran.err;
    };

    test('a content that the ledger knows otherwise, and keeps it as evidence', async () => {
      await emulated.store('c-1', 'recording#2', 'as it is', { sha256: sha256Of('as it was'), bytes: 9 });
      const err = await findings(1);
      expect(err).toContain('us-east-1: call c-1, recording#2: got 8 bytes, the ledger says 9');
      expect(err).toContain(
        `recording#2: got SHA-256 ${sha256Of('as it is')}, the ledger says ${sha256Of('as it was')}`,
      );
      expect(sha256sum().status).toBe(0);
    });

    test('a version that is not there', async () => {
      await emulated.store('c-1', 'recording#2', 'x', { versionId: '00000000-0000-4000-8000-000000000000' });
      expect(await findings(1)).toBe('us-east-1: call c-1, recording#2: is not there: no such bucket, key or version');
      expect(sha256sum().status).toBe(0);
    });

    test('a delete marker', async () => {
      const { bucket, key, ...row } = await emulated.store('c-1', 'recording#2', 'x');
      const { VersionId } = await emulated.s3('us-east-1').send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
      await emulated.note({ ...row, bucket, key, versionId: VersionId });
      expect(await findings(1)).toBe('us-east-1: call c-1, recording#2: is a delete marker, not an object');
    });

    test('what it may not read', async () => {
      emulated.replicas.denied = /^HEAD .*\.json/;
      expect(await findings(1)).toBe('us-east-1: call c-1, transcript#1: not allowed: s3:GetObjectVersion');
    });

    test('a bucket that is no vault, which it does not read', async () => {
      await emulated.note({ ...(await emulated.store('c-1', 'recording#2', 'x')), bucket: 'somebodys-bucket' });
      expect(await findings(1)).toContain(
        'recording#2: the ledger names the bucket somebodys-bucket, which is no vault',
      );
      expect(emulated.replicas.asked.join('\n')).not.toContain('somebodys-bucket');
    });

    test('a lock that is weaker than the ledger says', async () => {
      await emulated.prepare();
      await emulated.unlock(emulated.plan().names.buckets.recordings);
      await emulated.note(call('c-1'));
      await emulated.store('c-1', 'recording#1', 'x');
      expect(await findings(1)).toBe('us-east-1: call c-1, recording#1: got lock none, the ledger says COMPLIANCE');
    });

    test('an id that is in no ledger', async () => {
      const { code, err } = await bring('--call-id', 'c-1', '--call-id', 'c-9');
      expect(code).toBe(1);
      expect(err).toContain('call c-9 is in no ledger of these regions');
      expect(manifest().findings).toEqual([err]);
    });
  });

  test('that nothing matches is an answer, and leaves no folder', async () => {
    const { code, out: text } = await bring('--person', 'nobody');
    expect({ code, text }).toEqual({ code: 0, text: 'no calls match in us-east-1, us-east-2; nothing was written' });
    expect(readdirSync(path.dirname(out))).toEqual([]);
  });

  test('a folder that has something in it is refused before anything is asked', async () => {
    await bring();
    emulated.replicas.asked.length = 0;
    const { code, err } = await bring();
    expect({ code, err }).toEqual({
      code: 2,
      err: `--out: got ${out}, which is not empty, allowed an empty folder, change it or add --resume`,
    });
    expect(emulated.replicas.asked).toEqual([]);
  });

  test('resumed, it brings only what is missing, and keeps who brought the rest', async () => {
    await emulated.store('c-1', 'recording#2', 'second');
    await bring();
    rmSync(path.join(out, 'us-east-1', 'c-1', 'recording-2.wav'));
    for (const file of ['manifest.json', 'manifest.txt', 'SHA256SUMS']) rmSync(path.join(out, file));
    appendFileSync(path.join(out, 'custody.jsonl'), '{"event":"fetc');
    emulated.replicas.asked.length = 0;
    const later = new Date('2026-11-22T12:00:00.000Z');
    const { code } = await emulated.asked({ now: () => later }, 'export', '--call-id', 'c-1', '--out', out, '--resume');
    expect(code).toBe(0);
    expect(gets()).toEqual([expect.stringContaining('/c-1/2.wav')]);
    expect(sha256sum().status).toBe(0);
    const custody = readFileSync(path.join(out, 'custody.jsonl'), 'utf8').split('\n');
    expect(custody.filter((line) => line.startsWith('{"event":"run"'))).toHaveLength(2);
    const { runs, calls } = manifest();
    expect(runs.map(({ at }) => at)).toEqual([NOW.toISOString(), later.toISOString()]);
    const times = calls[0]?.objects.map(({ file, fetched }) => [file?.slice(14), fetched?.at]);
    expect(times).toEqual([
      ['recording-1.wav', NOW.toISOString()],
      ['recording-2.wav', later.toISOString()],
      ['transcript-1.json', NOW.toISOString()],
    ]);
  });

  test('resumed, it brings anew what has changed on the disk', async () => {
    await bring();
    writeFileSync(path.join(out, 'us-east-1', 'c-1', 'recording-1.wav'), AUDIO.replace('R', 'r'));
    const { code } = await bring('--call-id', 'c-1', '--resume');
    expect(code).toBe(0);
    expect(readFileSync(path.join(out, 'us-east-1', 'c-1', 'recording-1.wav'), 'utf8')).toBe(AUDIO);
  });

  test('a folder takes no other request', async () => {
    await bring();
    const { code, err } = await bring('--person', 'P-1001', '--resume');
    expect(code).toBe(2);
    expect(err).toContain(`--resume: got another request than that of ${out}`);
  });
});
