import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { edgeContainers, lifecycle, mediaContainers, NODE, portsOpenToEdge } from '../../media/contract';
import { containerSchema } from '../../media/contract/schema';
import { edgeInput, mediaInput } from '../support/contract-input';

const edge = edgeContainers(edgeInput());
const media = mediaContainers(mediaInput());
const all = [...edge, ...media].map((container) => [container.name, container] as const);

describe('every container of the kit', () => {
  test.each(all)("%s states what the schema asks of a user's own", (_, container) => {
    expect(containerSchema.safeParse(container).error).toBeUndefined();
  });

  test.each(all)("%s runs as the node's unprivileged user without capabilities", (_, { user, capabilities }) => {
    expect(user).toBe(NODE.user);
    expect(capabilities ?? []).toEqual([]);
  });

  test.each(all)('%s is built from a folder that has a Dockerfile', (_, { image }) => {
    expect(existsSync(join(__dirname, '..', '..', 'media', image.replace('asset:', ''), 'Dockerfile'))).toBe(true);
  });

  test.each(all)('%s binds no port below 1024', (_, { ports = [] }) => {
    expect(ports.filter(({ from }) => from < 1024)).toEqual([]);
  });

  test.each(all)('%s carries no secret in its environment', (_, { env = {} }) => {
    expect(Object.keys(env).filter((name) => /PASSWORD|PRIVATE_KEY|TOKEN/.test(name))).toEqual([]);
  });

  test.each(all)('%s may end its calls after SIGTERM', (_, { stopTimeoutSeconds }) => {
    expect(stopTimeoutSeconds).toBe(lifecycle(120).stopTimeoutSeconds);
  });
});

describe('the numbers that hold a node while calls last', () => {
  test.each([
    [1, 60, 300, 1],
    [120, 7200, 300, 120],
    [1440, 86400, 960, 1440],
  ])('a longest call of %d minutes', (minutes, stop, heartbeat, protection) => {
    expect(lifecycle(minutes)).toEqual({
      stopTimeoutSeconds: stop,
      hookHeartbeatSeconds: heartbeat,
      protectionMinutes: protection,
      settleSeconds: 60,
    });
  });

  test.each([1, 120, 1440])('a hundred heartbeats outlast a call of %d minutes', (minutes) => {
    expect(lifecycle(minutes).hookHeartbeatSeconds * 100).toBeGreaterThanOrEqual(minutes * 60);
  });
});

test('the agent speaks to inference by the names of its own cell', () => {
  const { env = {} } = media.find(({ name }) => name === 'agent') ?? {};
  for (const url of [env['STT_URL'], env['LLM_URL'], env['TTS_URL']])
    expect(url).toMatch(/^http:\/\/\w+\.use1-az4\.demo\.voicecell\.internal:\d+$/);
});

test('a media node opens SIP and its status to the edge, each once, and nothing else', () => {
  expect(portsOpenToEdge(media).map(({ protocol, from }) => `${from}/${protocol}`)).toEqual([
    '5060/udp',
    '5060/tcp',
    '8089/tcp',
  ]);
});

test('the relay uses the ports the plan gave it', () => {
  const relay = edge.find(({ name }) => name === 'rtpengine');
  expect(relay?.env).toMatchObject({ RTP_PORT_MIN: '10000', RTP_PORT_MAX: '11199' });
});
