import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compactPython } from '../../media/boot/compact';
import { type NodeBoot, userData } from '../../media/boot/user-data';
import { describeWithPython } from '../support/python';

const BOOT = join(__dirname, '..', '..', 'media', 'boot');

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

test('only a media node adopts spools: soon after its own is mounted, at every boot and every minute', () => {
  const adopting = TIERS.filter((tier) => userData(boot({ tier })).includes('AttachVolume'));
  expect(adopting).toEqual(['media']);
  const text = userData(boot({ tier: 'media' }));
  expect(text).toMatch(
    /systemctl start voicecell-node\.service\nsystemctl --quiet enable --now voicecell-adopt-spool\.timer/,
  );
  expect(text).toContain('OnUnitInactiveSec=60');
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

describeWithPython('user data')('a program in user data', () => {
  /** Whether two programs are one to Python, docstrings apart. */
  const SAME = `import ast, json, sys
def tree(text):
    parsed = ast.parse(text)
    for node in ast.walk(parsed):
        body = getattr(node, "body", None)
        if isinstance(body, list) and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
            del body[0]
    return ast.dump(parsed)
one, other = json.load(sys.stdin)
print(tree(one) == tree(other))`;
  const PROGRAMS = ['ec2_api.py', 'spool_decisions.py', 'adopt-spool.py', 'claim-eip.py'];

  test.each(PROGRAMS)('%s is what the repository has, without what is for people', (file) => {
    const text = readFileSync(join(BOOT, file), 'utf8');
    const input = JSON.stringify([text, compactPython(text)]);
    expect(execFileSync('python3', ['-c', SAME], { input, encoding: 'utf8' })).toBe('True\n');
    expect(compactPython(text).length).toBeLessThan(text.length);
  });
});

test.each(['media/boot/node.sh', 'media/loader/load.sh'])('%s is a script the shell can read', (file) => {
  const path = join(__dirname, '..', '..', file);
  expect(() => execFileSync('bash', ['-n', path], { stdio: 'pipe' })).not.toThrow();
});
