import { readdirSync } from 'node:fs';
import path from 'node:path';
import { voiceFor } from '../../media/agent/call/voices';
import { PROMPT_LANGUAGES } from '../../media/contract/prompts';
import type { DeploymentConfig, RegionConfig } from '../../regions/config/schema';
import { deploymentSchema } from '../../regions/config/schema';
import { check } from '../../regions/config/semantics';
import { KOKORO_LANGUAGES } from '../../regions/engines/kokoro';
import { deploymentConfig, inferenceService, regionConfig } from '../support/config';

type Number = RegionConfig['numbers'][number];

const inRegion = (overrides: Partial<RegionConfig>): DeploymentConfig =>
  deploymentConfig({ regions: { 'us-east-1': regionConfig(overrides) } });
const withNumber = (overrides: Partial<Number>, region: Partial<RegionConfig> = {}): DeploymentConfig =>
  inRegion({ ...region, numbers: regionConfig().numbers.map((number) => ({ ...number, ...overrides })) });

const faults = (config: DeploymentConfig): string[] =>
  check(config).map(({ path: at, allowed }) => `${at.slice(2).join('.')}: ${allowed}`);

const desk = { name: 'support', how: 'bridge', uri: 'sip:desk@192.168.40.10' } as const;
const queueNetwork = {
  transitGatewayId: 'tgw-0123456789abcdef0',
  signallingCidrs: ['192.168.40.8/29'],
  mediaCidrs: ['192.168.40.0/24'],
};

describe('a queue', () => {
  test('of a number is one that the region declares', () => {
    expect(faults(withNumber({ queue: 'suport' }))).toEqual(['numbers.0.queue: a queue of the region: support']);
    expect(check(withNumber({ queue: 'suport' }))[0]?.change).toBe('it to support, or declare it under queues');
  });

  test('is declared once', () => {
    const [queue] = regionConfig().queues;
    expect(faults(inRegion({ queues: queue ? [queue, queue] : [] }))).toEqual([
      'queues.1.name: a queue name used once',
    ]);
  });

  test('is bridged in the declared network', () => {
    expect(faults(inRegion({ queues: [desk], queueNetwork }))).toEqual([]);
  });

  test('is not bridged where no route leads', () => {
    expect(faults(inRegion({ queues: [desk] }))).toEqual([
      'queues.0.how: refer, or bridge with queueNetwork: a media node has no route out of its cell but that one',
    ]);
  });

  test.each(['sip:desk@192.168.40.16', 'sip:desk@pbx.example.com', 'sip:desk@10.20.0.5'])(
    'is not bridged to %s, outside the declared addresses',
    (uri) => {
      expect(faults(inRegion({ queues: [{ ...desk, uri }], queueNetwork }))).toEqual([
        expect.stringContaining('queues.0.uri: an IPv4 address of queueNetwork.signallingCidrs'),
      ]);
    },
  );

  test('network that nobody is bridged into is a way out for nothing', () => {
    expect(faults(inRegion({ queueNetwork }))).toEqual(['queueNetwork: queueNetwork beside a queue with how: bridge']);
  });

  test('is bridged where every call is recorded to its end, because after refer nobody records', () => {
    const region = regionConfig({ queues: [desk, { ...desk, name: 'floor', how: 'refer' }], queueNetwork });
    const told = (frameworks: DeploymentConfig['frameworks']) =>
      check(deploymentConfig({ frameworks, regions: { 'us-east-1': region } })).filter(({ path: at }) =>
        at.includes('queues'),
      );
    expect(told(['finra'])).toEqual([]);
    expect(told(['finra', 'finra-taping'])).toEqual([
      {
        path: ['regions', 'us-east-1', 'queues', 1, 'how'],
        allowed: expect.stringMatching(
          /^bridge under finra-taping, .* after refer the carrier has it, and the recording/,
        ),
        change: 'it to bridge, with queueNetwork',
      },
    ]);
  });

  test('is not where callers go who refuse to be recorded, where every call must be', () => {
    const told = (frameworks: DeploymentConfig['frameworks'], consent: DeploymentConfig['consent']) =>
      check({ ...inRegion({ queues: [desk], queueNetwork }), frameworks, consent }).filter(({ path: at }) =>
        at.includes('onRefusal'),
      );
    const asks = { mode: 'explicit-dtmf', onRefusal: 'transfer' } as const;
    expect(told(['finra'], asks)).toEqual([]);
    expect(told(['finra-taping'], { ...asks, onRefusal: 'hangup' })).toEqual([]);
    expect(told(['finra-taping'], { ...asks, mode: 'beep' })).toEqual([]);
    expect(told(['finra-taping'], asks)).toEqual([
      {
        path: ['consent', 'onRefusal'],
        allowed: expect.stringMatching(/^hangup under finra-taping/),
        change: 'it to hangup, or consent.mode to notice or beep',
      },
    ]);
  });

  test.each(['198.51.100.0/24', '192.0.0.0/8', '10.20.4.0/24', '192.168.40.1/24', '192.168.400.0/24'])(
    'network is private, small and apart from the VPC, not %s',
    (cidr) => {
      const network = { ...queueNetwork, mediaCidrs: ['192.168.41.0/24', cidr] };
      expect(faults(inRegion({ queues: [desk], queueNetwork: network }))).toEqual([
        expect.stringContaining('queueNetwork.mediaCidrs.1: an aligned private block'),
      ]);
    },
  );

  test('network of two regions is behind two transit gateways', () => {
    const region = regionConfig({ queues: [desk], queueNetwork });
    const told = check(deploymentConfig({ regions: { 'us-east-1': region, 'us-west-2': region } }));
    expect(told.map(({ path: at }) => at.join('.'))).toContain('regions.us-west-2.queueNetwork.transitGatewayId');
  });
});

describe('a business function', () => {
  const tool = { name: 'book_visit', description: 'Books a visit.', url: 'https://crm.example.com/visits' };
  const outsideHosts = ['crm.example.com'];

  test('asks declared hosts', () => {
    expect(faults(withNumber({ tools: [tool], greeting: 'Hello', voice: 'af_heart' }, { outsideHosts }))).toEqual([]);
  });

  test('asks no host that is not declared, and is told which to declare', () => {
    const told = check(withNumber({ tools: [{ ...tool, url: 'https://evil.crm.example.com/' }] }, { outsideHosts }));
    expect(told).toEqual([
      {
        path: ['regions', 'us-east-1', 'numbers', 0, 'tools', 0, 'url'],
        allowed: 'a host declared under outsideHosts: crm.example.com',
        change: 'outsideHosts: add evil.crm.example.com',
      },
    ]);
  });

  test('has each tool once', () => {
    expect(faults(withNumber({ tools: [tool, tool] }, { outsideHosts }))).toEqual([
      'numbers.0.tools.1.name: a tool name of a number used once',
    ]);
  });

  test('is told a model that the llm service serves', () => {
    expect(faults(withNumber({ model: 'Qwen/Qwen3-8B-FP8' }))).toEqual([]);
    expect(faults(withNumber({ model: 'gpt-5' }))).toEqual([
      expect.stringContaining('numbers.0.model: Qwen/Qwen3-8B-FP8'),
    ]);
    const custom = { command: ['serve'], port: 8000, healthPath: '/health' };
    const inference = { ...regionConfig().inference, llm: inferenceService({ engine: 'custom', custom }) };
    expect(faults(withNumber({ model: 'adapter' }, { inference }))).toEqual([]);
  });

  test('speaks a language in which there are announcements', () => {
    expect(faults(withNumber({ language: 'ja-JP' }))).toEqual([
      expect.stringContaining('numbers.0.language: a language of de, en, es, fr'),
    ]);
    const prompts = readdirSync(path.join(__dirname, '..', '..', 'media', 'server', 'prompts'));
    expect(prompts.toSorted()).toEqual(PROMPT_LANGUAGES.map((language) => `${language}.txt`));
  });

  test('speaks a language for which the engine has a voice, or names one', () => {
    expect(faults(withNumber({ language: 'de-DE' }))).toEqual([
      expect.stringContaining('numbers.0.language: a language of en, es, fr, hi, it, ja, pt, zh, which kokoro speaks'),
    ]);
    expect(faults(withNumber({ language: 'de-DE', voice: 'thorsten' }))).toEqual([]);
    const spoken = KOKORO_LANGUAGES.map((language) => [language, voiceFor(language, {}) !== undefined]);
    expect(spoken).toEqual(KOKORO_LANGUAGES.map((language) => [language, true]));
  });

  test('fits into a task definition', () => {
    expect(faults(withNumber({ persona: 'p'.repeat(41_000) }))).toEqual([
      expect.stringContaining('numbers: 40000 bytes'),
    ]);
  });

  test.each([
    ['plain HTTP', { tools: [{ ...tool, url: 'http://crm.example.com/' }] }],
    ['another port, which the proxy refuses', { tools: [{ ...tool, url: 'https://crm.example.com:8443/' }] }],
    ['an address', { tools: [{ ...tool, url: 'https://10.0.0.1/' }] }],
    ['somebody before the host', { tools: [{ ...tool, url: 'https://crm.example.com@evil.example/' }] }],
    ['a time-out of a minute', { tools: [{ ...tool, timeoutMs: 60_000 }] }],
    ['a name with spaces', { function: 'order status' }],
    ['a setting nobody knows', { tool: [] }],
  ])('does not have %s', (_, overrides) => {
    const config = withNumber(overrides as Partial<Number>, { outsideHosts });
    expect(deploymentSchema.safeParse(config).error?.issues[0]?.path.slice(0, 4)).toEqual([
      'regions',
      'us-east-1',
      'numbers',
      0,
    ]);
  });
});

test('outside hosts are declared once', () => {
  expect(faults(inRegion({ outsideHosts: ['a.example.com', 'a.example.com'] }))).toEqual([
    'outsideHosts.1: a host used once',
  ]);
});

describe('consent by voice', () => {
  const consent = { mode: 'explicit-voice', onRefusal: 'no-record' } as const;

  test('is for media containers of one’s own to ask', () => {
    const media = { ...regionConfig().media, kind: 'custom' } as const;
    const told = check(deploymentConfig({ consent, regions: { 'us-east-1': regionConfig({ media }) } }));
    expect(told.map(({ path: at }) => at.join('.'))).not.toContain('consent.mode');
  });

  test('is refused with the reason: nobody may understand a caller who has not consented', () => {
    expect(check(deploymentConfig({ consent }))).toEqual([
      expect.objectContaining({
        path: ['consent', 'mode'],
        allowed: expect.stringContaining('no model may hear a caller before consent'),
      }),
    ]);
  });
});
