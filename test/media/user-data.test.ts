import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type NodeBoot, userData } from '../../media/boot/user-data';

const boot = (overrides: Partial<NodeBoot> = {}): NodeBoot => ({
  deployment: 'sixteen-letters-',
  region: 'ap-southeast-2',
  cell: 'apse2-az1',
  clusterName: 'sixteen-letters--ap-southeast-2-apse2-az1',
  tier: 'edge',
  stopTimeoutSeconds: 7200,
  reservedPorts: [
    { from: 5060, to: 5061 },
    { from: 10000, to: 11199 },
  ],
  ...overrides,
});

const TIERS = ['edge', 'media', 'stt', 'llm', 'tts'] as const;

describe.each(TIERS)('user data of a node of tier %s', (tier) => {
  const text = userData(boot({ tier }));

  test('fits into the 16 KiB that EC2 takes', () => expect(Buffer.byteLength(text)).toBeLessThan(16 * 1024));

  test('is a script the shell can read', () => {
    expect(() => execFileSync('bash', ['-n'], { input: text, stdio: ['pipe', 'pipe', 'pipe'] })).not.toThrow();
  });

  test('powers the node off when it cannot be made ready', () => {
    expect(text).toContain("trap 'sleep 300; systemctl poweroff' ERR");
    expect(text).toContain('FailureAction=poweroff');
  });

  test('lets the ECS agent start only after the node is ready, at every boot', () => {
    expect(text).toMatch(
      /ecs\.service\.d[^\n]*\n\[Unit\]\nRequires=voicecell-node\.service\nAfter=voicecell-node\.service/,
    );
    expect(text.indexOf('systemctl start voicecell-node.service')).toBeGreaterThan(text.indexOf('daemon-reload'));
  });
});

test('only an edge node carries the script that claims an address', () => {
  const carriers = TIERS.filter((tier) => userData(boot({ tier })).includes('AssociateAddress'));
  expect(carriers).toEqual(['edge']);
});

test.each([
  ['media', 'false'],
  ['llm', 'true'],
] as const)('GPU support of a %s node is %s', (tier, expected) => {
  expect(userData(boot({ tier }))).toContain(`ECS_ENABLE_GPU_SUPPORT=${expected}\n`);
});

test('the kernel hands out no port of SIP or RTP', () => {
  expect(userData(boot())).toContain('net.ipv4.ip_local_reserved_ports = 5060-5061,10000-11199\n');
});

test('a stopping container gets as long as the longest call', () => {
  expect(userData(boot({ stopTimeoutSeconds: 5400 }))).toContain('ECS_CONTAINER_STOP_TIMEOUT=5400s\n');
});

test.each(['media/boot/node.sh', 'media/loader/load.sh'])('%s is a script the shell can read', (file) => {
  const path = join(__dirname, '..', '..', file);
  expect(() => execFileSync('bash', ['-n', path], { stdio: 'pipe' })).not.toThrow();
});
