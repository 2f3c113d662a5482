import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeAws } from '../support/fake-aws';
import { describeWithPython } from '../support/python';

const SCRIPT = join(__dirname, '..', '..', 'media', 'boot', 'claim-eip.py');
const TAGS = { 'voicecell:deployment': 'demo', 'voicecell:cell': 'use1-az4', 'voicecell:pool': 'edge' };

let aws: FakeAws;
let directory: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'claim-eip-'));
  aws = await FakeAws.start();
});

afterEach(async () => {
  await aws.stop();
  rmSync(directory, { recursive: true });
});

describeWithPython('claim-eip')('an edge node that boots', () => {
  test('claims a free address of its pool and writes it down', async () => {
    aws.pool(['eipalloc-1', '203.0.113.1']);
    const node = await boot('eni-1');
    expect(node).toMatchObject({ exit: 0, address: '203.0.113.1\n' });
    expect(aws.holders()).toEqual({ '203.0.113.1': 'eni-1' });
  });

  test('keeps the address it has', async () => {
    aws.pool(['eipalloc-1', '203.0.113.1', 'eni-1'], ['eipalloc-2', '203.0.113.2']);
    expect(await boot('eni-1')).toMatchObject({ exit: 0, address: '203.0.113.1\n' });
    expect(aws.claims).toEqual([]);
  });

  test('never takes an address from another node', async () => {
    aws.pool(['eipalloc-1', '203.0.113.1', 'eni-9']);
    expect(await boot('eni-1', { VOICECELL_CLAIM_SECONDS: '0' })).toMatchObject({ exit: 1, address: undefined });
    expect(aws.holders()).toEqual({ '203.0.113.1': 'eni-9' });
  });

  test('says what is missing when it gives up', async () => {
    const { log } = await boot('eni-1', { VOICECELL_CLAIM_SECONDS: '0' });
    expect(log).toContain('no free address in the pool');
  });

  test('tries the next address when another node was faster', async () => {
    aws.pool(['eipalloc-1', '203.0.113.1'], ['eipalloc-2', '203.0.113.2']);
    aws.beforeFirstClaim = (allocation) => aws.give(allocation, 'eni-9');
    expect(await boot('eni-1')).toMatchObject({ exit: 0 });
    expect(new Set(Object.values(aws.holders()))).toEqual(new Set(['eni-1', 'eni-9']));
  });

  test.each(['RequestLimitExceeded', 'UnauthorizedOperation'])('tries again after %s', async (code) => {
    aws.pool(['eipalloc-1', '203.0.113.1']);
    aws.failures = [code];
    expect(await boot('eni-1')).toMatchObject({ exit: 0, address: '203.0.113.1\n' });
  });

  test('waits for an address that a leaving node gives back', async () => {
    aws.pool(['eipalloc-1', '203.0.113.1', 'eni-9']);
    setTimeout(() => aws.give('eipalloc-1', undefined), 500);
    expect(await boot('eni-1')).toMatchObject({ exit: 0, address: '203.0.113.1\n' });
  });

  test('reads metadata by session token only and signs what it asks of EC2', async () => {
    aws.pool(['eipalloc-1', '203.0.113.1']);
    await boot('eni-1');
    expect(aws.refused).toEqual([]);
  });

  test('asks for the addresses of its own pool', async () => {
    aws.pool(['eipalloc-1', '203.0.113.1']);
    await boot('eni-1');
    expect(aws.filters).toEqual(Object.fromEntries(Object.entries(TAGS).map(([key, value]) => [`tag:${key}`, value])));
  });

  test('gets an address of its own when five boot together for five addresses', async () => {
    const interfaces = [1, 2, 3, 4, 5].map((number) => `eni-${number}`);
    aws.pool(...interfaces.map((_, index) => [`eipalloc-${index}`, `203.0.113.${index}`] as const));
    const nodes = await Promise.all(interfaces.map((eni) => boot(eni)));
    expect(nodes.map(({ exit }) => exit)).toEqual([0, 0, 0, 0, 0]);
    expect(new Set(nodes.map(({ address }) => address)).size).toBe(5);
    expect(new Set(Object.values(aws.holders()))).toEqual(new Set(interfaces));
  }, 30_000);
});

interface Boot {
  readonly exit: number | null;
  /** What the file says; undefined when there is none. */
  readonly address: string | undefined;
  readonly log: string;
}

async function boot(eni: string, env: Record<string, string> = {}): Promise<Boot> {
  const file = join(directory, eni);
  const child = spawn('python3', [SCRIPT, 'demo', 'use1-az4', 'us-east-1', file], {
    env: {
      PATH: process.env['PATH'],
      PYTHONDONTWRITEBYTECODE: '1',
      VOICECELL_IMDS_URL: `${aws.url}/${eni}`,
      VOICECELL_EC2_URL: aws.url,
      VOICECELL_CLAIM_SECONDS: '15',
      ...env,
    },
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const exit = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exit, log, address: exit === 0 ? readFileSync(file, 'utf8') : undefined };
}
