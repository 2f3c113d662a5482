import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Carrier, edgeContainers } from '../../media/contract';
import { edgeInput } from '../support/contract-input';

const SCRIPT = path.join(__dirname, '..', '..', 'media', 'edge', 'kamailio', 'render.py');
const hasPython = spawnSync('python3', ['--version']).status === 0 || process.env['CI'] !== undefined;

const carrier: Carrier = {
  name: 'one',
  signallingCidrs: ['198.51.100.0/24', '203.0.113.7/32'],
  mediaCidrs: ['198.51.100.0/24'],
  transport: 'tls',
  srtp: 'required',
  maxCalls: 40,
  maxCallsPerSecond: 5,
  failoverOrder: 1,
};

(hasPython ? describe : describe.skip)('what the proxy is told at its start', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'render-'));
    writeFileSync(path.join(directory, 'public-ipv4'), '203.0.113.9\n');
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  function render(carriers: readonly Carrier[], env: Readonly<Record<string, string>> = {}) {
    const [kamailio] = edgeContainers({ ...edgeInput(), carriers });
    const own = {
      RENDERED_DIRECTORY: directory,
      PUBLIC_ADDRESS_FILE: path.join(directory, 'public-ipv4'),
      LISTEN_ADDRESS: '10.0.0.5',
      EVENT_MARK: 'abc',
    };
    return spawnSync('python3', [SCRIPT], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], ...kamailio?.env, ...own, ...env },
    });
  }

  const written = (name: string) => readFileSync(path.join(directory, name), 'utf8');
  const listeners = () =>
    written('kamailio.cfg')
      .split('\n')
      .filter((line) => line.startsWith('listen='));

  test('a TLS carrier opens the TLS port and no other; only that one advertises the public address', () => {
    expect(render([carrier]).stderr).toBe('');
    expect(listeners()).toEqual([
      'listen=tls:10.0.0.5:5061 advertise 203.0.113.9:5061 name "outer_tls"',
      'listen=udp:10.0.0.5:5062 name "inner_udp"',
      'listen=tcp:127.0.0.1:5065 name "http"',
    ]);
  });

  test('the plain port is open only to a carrier declared for it, and then TLS is off', () => {
    render([{ ...carrier, transport: 'udp', srtp: 'none' }]);
    expect(listeners()[0]).toBe('listen=udp:10.0.0.5:5060 advertise 203.0.113.9:5060 name "outer_udp"');
    expect(written('kamailio.cfg')).not.toMatch(/enable_tls|:5061/);
  });

  test('the access list holds every block of a carrier under its transport', () => {
    render([carrier, { ...carrier, name: 'two', transport: 'tcp', signallingCidrs: ['198.51.100.9/32'] }]);
    expect(written('address.list')).toBe('3 198.51.100.0 24 0 one\n3 203.0.113.7 32 0 one\n2 198.51.100.9 32 0 two\n');
  });

  test('limits and SRTP stand under the name of the carrier', () => {
    render([carrier]);
    expect(written('kamailio.cfg')).toContain('$sht(carriers=>one::calls) = 40;');
    expect(written('kamailio.cfg')).toContain('$sht(carriers=>one::rate) = 5;');
    expect(written('kamailio.cfg')).toContain('$sht(carriers=>one::srtp) = 1;');
  });

  test.each([
    ['3', 13, 1],
    ['100', 1, 1],
  ])(
    'of %s nodes at most, each begins with so small a share that no number of them exceeds the carrier',
    (EDGE_NODES, calls, rate) => {
      render([carrier], { EDGE_NODES });
      expect(written('kamailio.cfg')).toContain(`$sht(carriers=>one::calls) = ${calls};`);
      expect(written('kamailio.cfg')).toContain(`$sht(carriers=>one::rate) = ${rate};`);
    },
  );

  test.each([
    ['a name that closes a quote', [{ ...carrier, name: 'a"; drop();' }], {}],
    ['a name with a line break', [{ ...carrier, name: 'a\nb' }], {}],
    ['a block with host bits', [{ ...carrier, signallingCidrs: ['198.51.100.7/24'] }], {}],
    ['a hostname that ends a substitution', [carrier], { SIP_HOSTNAME: 'x!g"' }],
    ['a port that is none', [carrier], { SIP_INNER_PORT: 'many' }],
  ])('%s is refused with one line and nothing is started', (_, carriers, env) => {
    const { status, stderr } = render(carriers, env);
    expect(status).not.toBe(0);
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/^render: /)]);
  });
});
