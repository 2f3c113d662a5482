import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run, type AuditDoor } from '../../bin/commands/audit';
import type { Posture } from '../../compliance/audit/posture';
import { writeCopy } from '../emulator/rehearsal/copy';
import { DeployedKit } from '../support/deployed';
import { withMoto } from '../support/moto';

const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-live-'));
const file = writeCopy(folder, (reference) => reference);
let kit: DeployedKit;

async function audit(over: Partial<AuditDoor>, ...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const door: AuditDoor = {
    now: new Date('2026-11-26T12:00:00Z'),
    screen: { width: 80, colour: false },
    client: kit.emulator.client,
    ...over,
  };
  const code = await run([file, ...args], { out: (text) => out.push(text), err: (text) => err.push(text) }, door);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

withMoto('a live audit from the command line', () => {
  beforeAll(async () => {
    kit = await DeployedKit.start();
  }, 120_000);

  afterAll(async () => {
    await kit.stop();
    rmSync(folder, { recursive: true });
  });

  test('reads the account, tells how far it is, and says what it found', async () => {
    const watched: string[] = [];
    const stream = { write: (text: string) => watched.push(text) } as unknown as NodeJS.WritableStream;
    const { code, out } = await audit({ watched: stream }, '--live', '--format', 'json');
    const { inputs, findings } = JSON.parse(out) as Posture;
    expect(code).toBe(1);
    expect(inputs.mode).toBe('live');
    expect(inputs.units[0]?.regions).toEqual(['us-east-1', 'us-east-2']);
    expect(findings.filter(({ control }) => control === 'VUL-04').length).toBeGreaterThan(0);
    expect(findings.filter(({ control }) => control.startsWith('CELL-')).length).toBeGreaterThan(0);
    expect(watched.join('')).toMatch(/us-east-1 \d+\/\d+/);
  }, 60_000);

  test('refuses credentials of another account, in one line', async () => {
    const other = {
      ...kit.emulator.client,
      credentials: { accessKeyId: 'AKIA111111111111OTHR', secretAccessKey: 'x' },
    };
    const { code, err } = await audit({ client: { ...other, endpoint: 'http://127.0.0.1:9' } }, '--live');
    expect([code, err.split('\n').length]).toEqual([2, 1]);
    expect(err).toContain('cannot ask AWS');
  }, 60_000);

  test('puts a report into the posture vault, under its lock', async () => {
    const { code, out } = await audit({}, '--store');
    const [, bucket = '', key = ''] = /stored: s3:\/\/([^/]+)\/(\S+)/.exec(out) ?? [];
    expect(code).toBe(0);
    expect(bucket).toBe(kit.plan.names.buckets.posture);
    const head = await kit.aws.in(kit.plan.region).s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    expect(head.ObjectLockMode).toBe('GOVERNANCE');
  }, 60_000);
});
