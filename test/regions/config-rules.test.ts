import type { DeploymentConfig, RegionConfig } from '../../regions/config/schema';
import { check } from '../../regions/config/semantics';
import type { ContainerContract } from '../../media/contract/schema';
import { deploymentConfig, inferenceService, regionConfig } from '../support/config';

const inRegion = (overrides: Partial<RegionConfig>, deployment: Partial<DeploymentConfig> = {}): DeploymentConfig =>
  deploymentConfig({ ...deployment, regions: { 'us-east-1': regionConfig(overrides) } });

const [carrier] = regionConfig().carriers;
const withCarrier = (
  overrides: Partial<RegionConfig['carriers'][number]>,
  deployment: Partial<DeploymentConfig> = {},
) => inRegion({ carriers: carrier ? [{ ...carrier, ...overrides }] : [] }, deployment);

const withService = (tier: 'stt' | 'llm' | 'tts', overrides: Parameters<typeof inferenceService>[0]) =>
  inRegion({ inference: { ...regionConfig().inference, [tier]: inferenceService(overrides) } });

const withHostname = (hostname: string): DeploymentConfig => inRegion({ sip: { ...regionConfig().sip, hostname } });

const withSecret = (certificateSecretArn: string): DeploymentConfig =>
  inRegion({ sip: { ...regionConfig().sip, certificateSecretArn } });

const roles = (overrides: Partial<DeploymentConfig['principals']>): DeploymentConfig =>
  deploymentConfig({ principals: { ...deploymentConfig().principals, ...overrides } });

/** Where the rules find fault, and what they allow. */
const faults = (config: DeploymentConfig): string[] =>
  check(config).map(
    ({ path, allowed }) => `${path.slice(path.length > 2 && path[0] === 'regions' ? 2 : 0).join('.')}: ${allowed}`,
  );

test('a valid deployment breaks no rule', () => {
  expect(check(deploymentConfig())).toStrictEqual([]);
});

describe('the private network', () => {
  test.each(['10.20.0.0/16', '10.20.16.0/20', '172.16.0.0/16', '192.168.0.0/17'])('may be %s', (vpcCidr) => {
    expect(faults(inRegion({ vpcCidr }))).toStrictEqual([]);
  });

  test.each([
    ['wider than /16', '10.0.0.0/15'],
    ['narrower than /20', '10.20.0.0/21'],
    ['not aligned', '10.20.1.0/16'],
    ['public', '8.8.0.0/16'],
    ['partly public', '172.0.0.0/16'],
    ['no address', '10.300.0.0/16'],
    ["Docker's bridge", '172.17.0.0/16'],
  ])('may not be %s', (_, vpcCidr) => {
    expect(faults(inRegion({ vpcCidr }))).toStrictEqual([expect.stringContaining('vpcCidr: an aligned private block')]);
  });

  test('does not overlap that of another region', () => {
    const west = regionConfig({
      vpcCidr: '10.20.128.0/17',
      cells: { count: 2 },
      sip: {
        hostname: 'sip.usw2.demo.example.com',
        certificateSecretArn: 'arn:aws:secretsmanager:us-west-2:123456789012:secret:x-AbCdEf',
      },
    });
    const config = deploymentConfig({ regions: { 'us-east-1': regionConfig(), 'us-west-2': west } });
    expect(check(config)).toStrictEqual([
      expect.objectContaining({ got: '10.20.128.0/17, which overlaps 10.20.0.0/16 of us-east-1' }),
    ]);
  });
});

describe('a carrier', () => {
  test.each(['203.0.113.0/28', '192.0.2.0/24', '54.172.0.0/16', '198.51.100.7/32'])('may send from %s', (cidr) => {
    expect(faults(withCarrier({ mediaCidrs: [cidr] }))).toStrictEqual([]);
  });

  test.each([
    '0.0.0.0/0',
    '54.0.0.0/8',
    '10.0.0.0/24',
    '100.64.0.0/24',
    '127.0.0.0/24',
    '240.0.0.0/24',
    '203.0.113.1/28',
  ])('may not send from %s', (cidr) => {
    expect(faults(withCarrier({ signallingCidrs: [cidr] }))).toStrictEqual([
      expect.stringContaining('carriers.0.signallingCidrs.0: an aligned public block'),
    ]);
  });

  test('needs TLS to hand SRTP keys over', () => {
    expect(faults(withCarrier({ transport: 'udp' }))).toStrictEqual([
      expect.stringContaining('carriers.0.transport: tls'),
    ]);
  });

  test.each(['hipaa', 'finra'] as const)('may not send media in the clear under %s', (framework) => {
    const config = withCarrier({ srtp: 'none' }, { frameworks: [framework], acceptIrreversible: true });
    expect(faults(config)).toStrictEqual([`carriers.0.srtp: required because of ${framework}`]);
  });

  test('may send media in the clear where no framework forbids it', () => {
    expect(faults(withCarrier({ srtp: 'none', transport: 'udp' }))).toStrictEqual([]);
  });

  test('has a name and a place in the failover order of its own', () => {
    const twice = carrier ? [carrier, carrier] : [];
    expect(faults(inRegion({ carriers: twice }))).toStrictEqual([
      'carriers.1.name: a carrier name used once',
      'carriers.1.failoverOrder: a place in the failover order used once',
    ]);
  });
});

test('a number has one function in a region', () => {
  const [number] = regionConfig().numbers;
  expect(faults(inRegion({ numbers: number ? [number, number] : [] }))).toStrictEqual([
    'numbers.1.number: a number in a region used once',
  ]);
});

const many = (count: number) => Array.from({ length: count }, (_, index) => `198.51.100.${index * 4}/30`);

describe('carriers together', () => {
  test.each([
    [49, []],
    [50, ['carriers: 50 signalling and media CIDRs at most, the room of a security group']],
  ])('with %d media blocks and one for signalling fit the security group, or are told so', (count, expected) => {
    expect(faults(withCarrier({ mediaCidrs: many(count) }))).toStrictEqual(expected);
  });
});

describe('cells', () => {
  test('are two or more in production and may be one in a sandbox', () => {
    const cells = { azIds: ['use1-az4'] };
    expect(faults(inRegion({ cells }))).toStrictEqual([
      expect.stringContaining('cells: two cells or more in production'),
    ]);
    expect(faults(inRegion({ cells }, { purpose: 'sandbox' }))).toStrictEqual([]);
  });

  test('lie in AZs of the region', () => {
    expect(faults(inRegion({ cells: { azIds: ['use1-az4', 'usw2-az1'] } }))).toStrictEqual([
      expect.stringContaining('cells.azIds.1: AZ ids of us-east-1: use1-az1'),
    ]);
  });

  test('lie in AZs of their own', () => {
    expect(faults(inRegion({ cells: { azIds: ['use1-az4', 'use1-az4'] } }))).toStrictEqual([
      'cells.azIds.1: an AZ id used once',
    ]);
  });

  test('lie where every instance type is offered; the message names what is missing and where it fits', () => {
    expect(check(inRegion({ cells: { azIds: ['use1-az4', 'use1-az5'] } }))).toStrictEqual([
      expect.objectContaining({
        got: 'use1-az5, which does not offer g6e.2xlarge',
        allowed: expect.stringMatching(/use1-az4, use1-az6 in us-east-1; .* in us-/),
      }),
    ]);
  });

  test('are not counted beyond the AZs that can hold them', () => {
    const llm = inferenceService({ instanceType: 'p4de.24xlarge' });
    const config = inRegion({ cells: { count: 4 }, inference: { ...regionConfig().inference, llm } });
    expect(faults(config)).toContainEqual(expect.stringMatching(/^cells.count: /));
    expect(faults(inRegion({ cells: { count: 2 } }))).toStrictEqual([]);
  });
});

describe('residency fails closed', () => {
  test.each([
    ['outside the jurisdiction', 'eu-west-2', 'eu-west-2, which lies in UK'],
    ['that nobody knows', 'eu-atlantis-1', 'the unknown region eu-atlantis-1'],
  ])('for a region %s', (_, region, got) => {
    const found = check(
      deploymentConfig({ jurisdiction: 'EU', regions: { [region]: regionConfig({ cells: { count: 2 } }) } }),
    );
    expect(found).toContainEqual(
      expect.objectContaining({ at: 'key', got, allowed: expect.stringContaining('eu-central-1, eu-west-1') }),
    );
  });

  test('for an unknown jurisdiction, with the known ones', () => {
    expect(faults(deploymentConfig({ jurisdiction: 'USA' }))).toStrictEqual([
      expect.stringMatching(/^jurisdiction: US, /),
    ]);
  });

  test('for a deployment without region', () => {
    expect(faults(deploymentConfig({ regions: {} }))).toStrictEqual(['regions: one region or more']);
  });
});

describe('nodes', () => {
  test.each([
    ['with a GPU', 'g6.2xlarge'],
    ['that is burstable', 't3.large'],
    ['for arm64', 'c8g.large'],
    ['that nobody knows', 'c99.large'],
  ])('do not carry calls on a type %s', (_, instanceType) => {
    const config = inRegion({ edge: { instanceType, callsPerNode: 100 }, cells: { count: 2 } });
    expect(faults(config)).toContainEqual(
      expect.stringContaining('edge.instanceType: a known x86_64 type without GPU'),
    );
  });

  test.each([
    ['edge', 3794, 3795],
    ['media', 7589, 7590],
  ] as const)('of the %s tier have RTP ports for %d calls and not for %d', (tier, most, more) => {
    const calls = (callsPerNode: number) => inRegion({ [tier]: { ...regionConfig()[tier], callsPerNode } });
    expect(faults(calls(most))).toStrictEqual([]);
    expect(faults(calls(more))).toStrictEqual([expect.stringContaining(`${tier}.callsPerNode: ${most} calls at most`)]);
  });

  test('have room for their containers and for themselves', () => {
    const media = { ...regionConfig().media, instanceType: 'c7i.xlarge' };
    expect(faults(inRegion({ media }))).toStrictEqual([
      'media.instanceType: 7328 MiB for the containers and 1280 MiB for the node',
    ]);
  });

  test('are not asked to carry more at rest than at the peak', () => {
    expect(faults(inRegion({ quietConcurrentCalls: 101 }))).toStrictEqual([
      'quietConcurrentCalls: at most the peak of 100',
    ]);
  });
});

describe('an inference service', () => {
  test('runs on NVIDIA GPUs', () => {
    expect(faults(withService('llm', { instanceType: 'c7i.2xlarge' }))).toStrictEqual([
      'inference.llm.instanceType: a known x86_64 type with NVIDIA GPUs',
    ]);
  });

  test('asks for no more GPUs than its instance has', () => {
    expect(faults(withService('llm', { gpus: 2 }))).toStrictEqual(['inference.llm.gpus: 1 to 1, what g6e.2xlarge has']);
  });

  test('fits in the memory of its instance', () => {
    expect(faults({ ...withService('llm', { instanceType: 'g6.xlarge' }), purpose: 'sandbox' })).toStrictEqual([
      expect.stringContaining('inference.llm.instanceType: 24576 MiB for 1 vllm'),
    ]);
  });

  test('is of an engine that serves its tier', () => {
    expect(faults(withService('llm', { engine: 'kokoro' }))).toStrictEqual([
      'inference.llm.engine: an engine for llm: vllm, custom',
    ]);
  });

  test.each(['vllm/vllm-openai', 'vllm/vllm-openai:latest', 'registry.example:5000/vllm', 'ghcr.io/x/y:latest-cuda'])(
    'is pinned, unlike %s',
    (image) => {
      expect(faults(withService('llm', { image }))).toStrictEqual([expect.stringMatching(/^inference.llm.image: /)]);
    },
  );

  test('states itself when it is custom, and only then', () => {
    const custom = { command: ['serve'], port: 9000, healthPath: '/health' };
    expect(faults(withService('llm', { engine: 'custom' }))).toStrictEqual([
      'inference.llm.custom: custom with engine: custom',
    ]);
    expect(faults(withService('llm', { custom }))).toStrictEqual([
      'inference.llm.custom: custom only with engine: custom',
    ]);
    expect(faults(withService('llm', { engine: 'custom', custom }))).toStrictEqual([]);
  });

  test('has no secret in its environment', () => {
    const custom = { command: ['serve'], port: 9000, healthPath: '/health', env: { HF_TOKEN: 'hf_abcdefghijkl' } };
    expect(check(withService('llm', { engine: 'custom', custom }))).toStrictEqual([
      expect.objectContaining({ got: 'what looks like a secret' }),
    ]);
  });
});

test('a custom media server brings its containers', () => {
  const media = { ...regionConfig().media, kind: 'custom' as const };
  expect(faults(inRegion({ media }))).toStrictEqual(['media.containers: containers with kind: custom']);
});

describe('retention', () => {
  test('is never shorter than the frameworks ask for', () => {
    const config = deploymentConfig({ frameworks: ['hipaa'], retention: { cdr: { days: 2191 } } });
    expect(faults(config)).toStrictEqual([expect.stringContaining('retention.cdr.days: 2192 days or more, for hipaa')]);
    expect(faults({ ...config, retention: { cdr: { days: 2192 } } })).toStrictEqual([]);
  });

  test('is never locked more weakly than the frameworks ask for', () => {
    const retention = { recording: { lockMode: 'GOVERNANCE' as const } };
    expect(faults(deploymentConfig({ frameworks: ['finra'], acceptIrreversible: true, retention }))).toStrictEqual([
      expect.stringContaining('retention.recording.lockMode: COMPLIANCE, for finra'),
    ]);
    expect(faults(deploymentConfig({ frameworks: ['hipaa'], retention }))).toStrictEqual([]);
  });

  test('of logs ends where CloudWatch can end it, and that of records does not', () => {
    const kept = (days: number) => deploymentConfig({ retention: { log: { days }, prompt: { days }, cdr: { days } } });
    expect(faults(kept(3653))).toStrictEqual([]);
    expect(faults(kept(3654))).toStrictEqual([
      expect.stringContaining('retention.prompt.days: 3653 days at most'),
      expect.stringContaining('retention.log.days: 3653 days at most'),
    ]);
  });

  test('locks only what is kept as objects', () => {
    expect(faults(deploymentConfig({ retention: { log: { lockMode: 'GOVERNANCE' } } }))).toStrictEqual([
      expect.stringContaining('retention.log.lockMode: a lock on recording'),
    ]);
  });
});

describe('what nobody can undo', () => {
  const locked = { retention: { recording: { lockMode: 'COMPLIANCE' as const } } };

  test('is accepted by name, whether asked for or implied', () => {
    expect(faults(deploymentConfig(locked))).toStrictEqual([
      expect.stringMatching(/^retention.recording.lockMode: .* acceptIrreversible: true/),
    ]);
    expect(faults(deploymentConfig({ frameworks: ['finra'] }))).toStrictEqual([expect.stringMatching(/^frameworks: /)]);
    expect(faults(deploymentConfig({ ...locked, frameworks: ['finra'], acceptIrreversible: true }))).toStrictEqual([]);
  });

  test('never happens in a sandbox, accepted or not', () => {
    const config = deploymentConfig({ ...locked, purpose: 'sandbox', acceptIrreversible: true });
    expect(check(config).map(({ path }) => path.join('.'))).toStrictEqual([
      'acceptIrreversible',
      'retention.recording.lockMode',
    ]);
  });
});

describe('people', () => {
  test.each([
    ['of another account', 'arn:aws:iam::999999999999:role/reviewers'],
    ['that is the whole account', 'arn:aws:iam::123456789012:root'],
    ['that is a plain role, which cannot show MFA', 'arn:aws:iam::123456789012:role/reviewers'],
    ['with a wildcard', 'arn:aws:iam::123456789012:role/*'],
    ['that is no identity', 'arn:aws:s3:::bucket'],
  ])('are no principal %s', (_, arn) => {
    expect(faults(roles({ playback: [arn] }))).toStrictEqual([
      expect.stringContaining('principals.playback.0: a person of account 123456789012'),
    ]);
  });

  test('who break the glass are nobody else, in production', () => {
    const { playback } = deploymentConfig().principals;
    expect(faults(roles({ breakGlass: playback }))).toStrictEqual([
      expect.stringContaining('principals.breakGlass.0: another'),
    ]);
    const sandbox = { ...roles({ breakGlass: playback }), purpose: 'sandbox' as const };
    expect(faults(sandbox)).toStrictEqual([]);
  });

  test('who administer keys neither hear calls nor set holds', () => {
    expect(faults(roles({ recordsOfficer: deploymentConfig().principals.keyAdmin }))).toStrictEqual([
      expect.stringContaining('principals.keyAdmin.0: another principal for each of the four roles'),
    ]);
  });

  test('who call from the US are told of the recording', () => {
    const consent = { mode: 'none', onRefusal: 'no-record' } as const;
    expect(faults(deploymentConfig({ consent }))).toStrictEqual([expect.stringMatching(/^consent.mode: notice/)]);
    expect(faults(deploymentConfig({ consent, purpose: 'sandbox' }))).toStrictEqual([]);
  });

  test('attest to a thing once', () => {
    const baa = { id: 'baa', statement: 'accepted', by: 'privacy officer', date: '2026-09-01' };
    expect(faults(deploymentConfig({ attestations: [baa, baa] }))).toStrictEqual([
      'attestations.1.id: an attestation used once',
    ]);
  });
});

describe('a certificate', () => {
  test.each([
    ['another region', 'arn:aws:secretsmanager:us-west-2:123456789012:secret:x-AbCdEf'],
    ['another account', 'arn:aws:secretsmanager:us-east-1:999999999999:secret:x-AbCdEf'],
    ['another service', 'arn:aws:ssm:us-east-1:123456789012:parameter/x'],
    ['every secret there is', 'arn:aws:secretsmanager:us-east-1:123456789012:secret:*'],
    ['a key inside a secret', 'arn:aws:secretsmanager:us-east-1:123456789012:secret:x-AbCdEf:key::'],
  ])('does not come from %s', (_, arn) => {
    expect(faults(withSecret(arn))).toStrictEqual([
      expect.stringContaining('sip.certificateSecretArn: a secret of this region and account'),
    ]);
  });

  test.each(['x', 'sip/certificate', 'sip-cert', 'x-AbCdE', 'x-AbCdEfG', 'x-Ab_dEf'])(
    'is not named by half an ARN: %s',
    (name) => {
      const arn = `arn:aws:secretsmanager:us-east-1:123456789012:secret:${name}`;
      expect(check(withSecret(arn))).toStrictEqual([
        {
          path: ['regions', 'us-east-1', 'sip', 'certificateSecretArn'],
          got: `"${arn}"`,
          allowed: expect.stringMatching(/^a whole ARN, with the dash and six characters .+:secret:…-AbCdEf$/),
          change: expect.stringContaining('aws secretsmanager describe-secret'),
        },
      ]);
    },
  );
});

describe("a certificate's key", () => {
  const withKey = (certificateKeyArn: string) => inRegion({ sip: { ...regionConfig().sip, certificateKeyArn } });
  const id = '12345678-90ab-cdef-1234-567890abcdef';

  test.each([id, `mrk-${'0a'.repeat(16)}`])('may be %s of the region', (key) => {
    expect(faults(withKey(`arn:aws:kms:us-east-1:123456789012:key/${key}`))).toStrictEqual([]);
  });

  test.each([
    ['of another region', `arn:aws:kms:us-west-2:123456789012:key/${id}`],
    ['of another account', `arn:aws:kms:us-east-1:999999999999:key/${id}`],
    ['of another partition', `arn:aws-us-gov:kms:us-east-1:123456789012:key/${id}`],
    ['of another service', `arn:aws:iam:us-east-1:123456789012:key/${id}`],
    ['an alias', 'arn:aws:kms:us-east-1:123456789012:alias/sip'],
    ['every key there is', 'arn:aws:kms:us-east-1:123456789012:key/*'],
    ['two keys', `arn:aws:kms:us-east-1:123456789012:key/${id}/${id}`],
  ])('is not %s', (_, arn) => {
    expect(check(withKey(arn))).toStrictEqual([
      {
        path: ['regions', 'us-east-1', 'sip', 'certificateKeyArn'],
        got: `"${arn}"`,
        allowed: expect.stringContaining('arn:aws:kms:us-east-1:123456789012:key/…'),
        change: 'it to the key that encrypts the secret there',
      },
    ]);
  });
});

describe('a SIP hostname', () => {
  test('has a parent that can be a zone', () => {
    expect(faults(withHostname('example.com'))).toStrictEqual([expect.stringContaining('at least three parts')]);
  });

  test('has a parent of its own in each region', () => {
    const west = regionConfig({
      vpcCidr: '10.21.0.0/16',
      cells: { count: 2 },
      sip: {
        hostname: 'sip2.use1.demo.example.com',
        certificateSecretArn: 'arn:aws:secretsmanager:us-west-2:123456789012:secret:x-AbCdEf',
      },
    });
    const config = deploymentConfig({ regions: { 'us-east-1': regionConfig(), 'us-west-2': west } });
    expect(faults(config)).toStrictEqual(['sip.hostname: the parent of a hostname used once']);
  });
});

describe('a media container of the user', () => {
  const sound: ContainerContract = {
    name: 'server',
    image: `123456789012.dkr.ecr.us-east-1.amazonaws.com/media@sha256:${'a'.repeat(64)}`,
    ports: [{ name: 'sip', protocol: 'udp', from: 5060, to: 5060 }],
    volumes: [{ hostPath: '/var/spool/voicecell/calls', containerPath: '/spool', readOnly: false }],
    health: { command: ['true'], intervalSeconds: 10, timeoutSeconds: 5, retries: 3, startPeriodSeconds: 30 },
    drainCommand: ['true'],
    stopTimeoutSeconds: 7200,
    memoryMiB: 1024,
    user: '1000:1000',
  };
  const withContainers = (...containers: Partial<ContainerContract>[]): DeploymentConfig =>
    inRegion({
      media: {
        ...regionConfig().media,
        kind: 'custom',
        containers: containers.map((container) => ({ ...sound, ...container })),
      },
    });

  test('that is confined, pinned and reachable is sound', () => {
    expect(faults(withContainers({}))).toStrictEqual([]);
    expect(faults(withContainers({ image: 'asset:server' }))).toStrictEqual([]);
    const adopted = '/var/spool/voicecell-adopted';
    const volumes = [{ hostPath: adopted, containerPath: `${adopted}:rslave`, readOnly: false }];
    expect(faults(withContainers({ volumes }))).toStrictEqual([]);
  });

  test.each<[string, Partial<ContainerContract>, string]>([
    ['is root by name', { user: 'root' }, '0.user: uid:gid of a user that is not root'],
    ['is root by number', { user: '0:0' }, '0.user: uid:gid of a user that is not root'],
    ['may do anything', { capabilities: ['SYS_ADMIN'] }, '0.capabilities.0: NET_BIND_SERVICE'],
    [
      'mounts the host',
      { volumes: [{ hostPath: '/', containerPath: '/host', readOnly: true }] },
      '0.volumes.0.hostPath: a path below',
    ],
    [
      'mounts its way out',
      { volumes: [{ hostPath: '/run/voicecell/../docker.sock', containerPath: '/d', readOnly: true }] },
      '0.volumes.0.hostPath: a path below',
    ],
    ['comes from another registry', { image: 'livekit/livekit-server:v1.9.0' }, '0.image: asset: and a folder'],
    [
      'is a tag that may move',
      { image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/media:v1' },
      '0.image: asset: and a folder',
    ],
    ['is no image of the kit', { image: 'asset:../../secrets' }, '0.image: asset: and a folder'],
    [
      'has its ports upside down',
      { ports: [{ name: 'sip', protocol: 'udp', from: 5061, to: 5060 }] },
      '0.ports.0.to: 5061 or above',
    ],
    ['is killed while calls last', { stopTimeoutSeconds: 7199 }, '0.stopTimeoutSeconds: 7200 or more'],
    ['has no port for SIP', { ports: [] }, 'media.containers: one container with a port named sip'],
    [
      'listens among the RTP ports',
      { ports: [{ name: 'sip', protocol: 'udp', from: 10002, to: 10002 }] },
      '0.ports.0: ports that no other',
    ],
    [
      'holds a secret in its command',
      { command: ['serve', '--api-key=sk-0123456789abcdef0123456789'] },
      '0.command.1: no secret in a command',
    ],
  ])('that %s is not', (_, broken, expected) => {
    expect(faults(withContainers(broken))).toContainEqual(expect.stringContaining(expected));
  });

  test('shares neither name nor port with another', () => {
    expect(faults(withContainers({}, {}))).toStrictEqual([
      'media.containers.1.name: a container name used once',
      expect.stringContaining('media.containers.1.ports.0: ports that no other container has'),
    ]);
  });
});

test("arguments that the engine sets itself are not the user's", () => {
  const config = withService('llm', { args: ['--max-model-len=1024', '--port=9999'] });
  expect(faults(config)).toStrictEqual([expect.stringContaining('inference.llm.args.1: arguments other than --host')]);
});

describe('subnets of a cell', () => {
  const small = { vpcCidr: '10.20.0.0/20', peakConcurrentCalls: 610, cells: { count: 2 } };
  const media = (callsPerNode: number) => ({ ...regionConfig().media, callsPerNode });
  const llm = (callsPerReplica: number) => ({
    ...regionConfig().inference,
    llm: inferenceService({ callsPerReplica }),
  });

  test('have an address for every media node and its successor: 61 twice of 123, and 62 not', () => {
    expect(faults(inRegion({ ...small, media: media(10) }))).toStrictEqual([]);
    expect(faults(inRegion({ ...small, media: media(10), peakConcurrentCalls: 611 }))).toStrictEqual([
      'media.callsPerNode: 123 addresses, what the media subnet of a cell in 10.20.0.0/20 has for them',
    ]);
  });

  test('have an address for every edge node and its successor', () => {
    const edge = { ...regionConfig().edge, callsPerNode: 20 };
    expect(faults(inRegion({ ...small, edge }))).toContainEqual(
      'edge.callsPerNode: 59 addresses, what the edge subnet of a cell in 10.20.0.0/20 has for them',
    );
  });

  test('have an address for every task of a model and for its instance', () => {
    const narrow = { ...small, inference: llm(5), media: media(40) };
    expect(faults(inRegion(narrow))).toStrictEqual([expect.stringMatching(/^vpcCidr: 251 addresses/)]);
    expect(faults(inRegion({ ...narrow, vpcCidr: '10.20.0.0/19' }))).toStrictEqual([]);
  });
});

describe('the name of a deployment', () => {
  test.each(['aws-voice', 'ecs', 'fargate1', 'sthree', 'sthree-x', 'amzn-s3-demo'])(
    'is not %s, which AWS keeps for itself',
    (deployment) => {
      expect(faults(deploymentConfig({ deployment }))).toStrictEqual([
        expect.stringMatching(/^deployment: a name that does not begin with sthree-, amzn-s3-demo-, aws, ecs, fargate/),
      ]);
    },
  );

  test.each(['voice-aws', 'sthreex', 'aw', 'ab'])('may be %s', (deployment) => {
    expect(faults(deploymentConfig({ deployment }))).toStrictEqual([]);
  });
});

test('pools of addresses that the network stack has no room for are refused with the way out', () => {
  const config = inRegion({ peakConcurrentCalls: 50_000, edge: { instanceType: 'c7i.large', callsPerNode: 100 } });
  expect(faults(config)).toContainEqual('edge.callsPerNode: 200 Elastic IPs a region at most');
});
