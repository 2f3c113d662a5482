import { readConfig } from '../../../media/agent/config';
import { type Desk, nextWorker, status } from '../../../media/agent/doorman';
import { Minute } from '../../../media/agent/metrics';
import { FakeModels } from './support/fake-models';
import { RunningAgent } from './support/running-agent';

const desk = (calls: number[], over: Partial<Desk> = {}): Desk => ({
  draining: false,
  full: false,
  leaving: false,
  workers: calls.map((count, id) => ({ id, ready: true, calls: count })),
  cap: 5,
  maxCalls: 100,
  ...over,
});

describe('the doorman', () => {
  test('gives a call to the process with the fewest', () => {
    expect(nextWorker(desk([3, 1, 2]))).toBe(1);
  });

  test.each([
    ['all processes are at their cap', desk([5, 5])],
    ['the node has its calls', desk([3, 2], { maxCalls: 5 })],
    ['it drains', desk([0, 0], { draining: true })],
    ['no process is ready', { ...desk([]), workers: [{ id: 0, ready: false, calls: 0 }] }],
  ])('refuses when %s', (_, full) => {
    expect(nextWorker(full)).toBeUndefined();
    expect(status(full).capacity).toBe(0);
  });

  test.each([
    ['is to go', { leaving: true }, true] as const,
    ['has no room in its spool', { full: true }, false] as const,
  ])('of a node that %s would take no calls, and takes those that the media server has', (_, over, draining) => {
    expect(status(desk([3, 1], over))).toEqual({ calls: 4, capacity: 0, draining });
    expect(nextWorker(desk([3, 1], over))).toBe(1);
  });

  test('says what it has and what it would take', () => {
    expect(status(desk([3, 1]))).toEqual({ calls: 4, capacity: 6, draining: false });
    expect(status(desk([3, 1], { draining: true }))).toEqual({ calls: 4, capacity: 0, draining: true });
  });
});

describe('a process', () => {
  let models: FakeModels;
  let agent: RunningAgent;

  beforeEach(async () => {
    models = await FakeModels.start();
    agent = await RunningAgent.start(models, { cap: 1 });
  });
  afterEach(() => {
    agent.stop();
    models.stop();
  });

  test('refuses the call beyond its cap and takes the next when one has ended', async () => {
    const first = await agent.dial();
    await expect(agent.dial()).rejects.toThrow('503');
    first.hangUp();
    await first.until(() => agent.agent.calls === 0);
    (await agent.dial()).hangUp();
  });

  test('closes on a number that it does not know, so that the media server transfers', async () => {
    const call = await agent.dial({ variables: { VOICECELL_NUMBER: '+4930123' } });
    await call.until(() => call.closed);
    expect(agent.variables).toEqual({});
  });

  test('refuses what is no call', async () => {
    await expect(agent.dial({ url: agent.url.replace('/audio', '/admin') })).rejects.toThrow('404');
  });
});

test('every problem of the environment is told at once', () => {
  const result = readConfig({ STT_URL: 'https://elsewhere.example.com', MAX_CALLS: '0', NUMBERS: '{' });
  const problems = 'problems' in result ? result.problems.join('\n') : '';
  for (const name of ['STT_URL', 'LLM_URL', 'MAX_CALLS', 'NUMBERS', 'AUDIO_PORT']) expect(problems).toContain(name);
});

test('what the node says of itself is in the embedded metric format', () => {
  const place = { METRICS_NAMESPACE: 'Voicecell', VOICECELL_DEPLOYMENT: 'demo', AWS_REGION: 'r', VOICECELL_CELL: 'c' };
  const minute = new Minute(place);
  minute.refused();
  minute.roundTrip(180);
  const line = JSON.parse(minute.line({ calls: 2, capacity: 3, draining: false }, 1_000)) as Record<string, unknown>;
  expect(line).toMatchObject({
    CallsInProgress: 2,
    CallCapacity: 3,
    Draining: 0,
    CallsRefused: 1,
    TurnRoundTrip: [180],
  });
  expect(line).toMatchObject({ Deployment: 'demo', Region: 'r', Cell: 'c' });
  expect(minute.line({ calls: 0, capacity: 5, draining: false }, 2_000)).not.toContain('TurnRoundTrip');
});
