import { callTool } from '../../media/agent/tools/call-tool';
import type { DeclaredTool } from '../../media/agent/functions/schema';
import type { FakeAsterisk } from '../media/agent/support/fake-asterisk';
import { type Behaviour, FakeModels } from '../media/agent/support/fake-models';
import { RunningAgent } from '../media/agent/support/running-agent';
import { hello } from '../media/agent/support/speech';

jest.setTimeout(30_000);

const tool: DeclaredTool = {
  name: 'find_slot',
  description: 'Finds a free slot.',
  parameters: {},
  url: 'https://slots.example.com/find',
  timeoutMs: 200,
  takesDigits: false,
};
const never = new AbortController().signal;
const request = (given: string) => ({ callId: 'call-1', tool, arguments: given, signal: never });

describe('a tool call', () => {
  test('posts the arguments to the declared address and nowhere else', async () => {
    const posts: { url: unknown; init?: RequestInit }[] = [];
    const result = await callTool(request('{"day":"Monday"}'), async (url, init) => {
      posts.push({ url, ...(init ? { init } : {}) });
      return new Response('nine o’clock');
    });
    expect(result).toEqual({ outcome: 'ok', text: 'nine o’clock' });
    expect(posts[0]?.url).toBe('https://slots.example.com/find');
    expect(posts[0]?.init).toMatchObject({ redirect: 'error', body: '{"callId":"call-1","input":{"day":"Monday"}}' });
  });

  test.each([
    ['that the service refuses', async () => new Response('', { status: 503 }), 'failed'],
    ['to a service that is gone', async () => Promise.reject(new TypeError('fetch failed')), 'failed'],
    ['that takes too long', hanging, 'timeout'],
  ])('%s', async (_, post, outcome) => {
    expect((await callTool(request('{}'), post)).outcome).toBe(outcome);
  });

  test.each(['[1]', 'text', '"text"', '{'])('with arguments that are no object (%s) is refused', async (given) => {
    expect((await callTool(request(given), hanging)).outcome).toBe('refused');
  });
});

function hanging(_: unknown, init?: RequestInit): Promise<Response> {
  return new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
  });
}

describe('in a conversation', () => {
  let models: FakeModels;
  let agent: RunningAgent;
  let call: FakeAsterisk;

  async function dial(replies: Behaviour['replies'], business: object = {}): Promise<void> {
    models = await FakeModels.start({ replies });
    agent = await RunningAgent.start(models, { business });
    call = await agent.dial();
    await call.until(() => call.voicedMs() > 200);
    await call.until(() => call.queuedFrames === 0);
    await call.speak(hello());
  }

  afterEach(() => {
    call.hangUp();
    agent.stop();
    models.stop();
    jest.restoreAllMocks();
  });

  const outcomes = () =>
    agent.events.flatMap((one) => (one.event === 'tool.called' ? [`${one.tool} ${one.outcome}`] : []));

  test('the model gets the answer, and the caller a word meanwhile', async () => {
    answerTools('Monday at nine');
    await dial([{ tool: 'find_slot' }, 'Monday at nine is free.'], { tools: [tool] });
    await call.until(() => models.asked.length === 2);
    await call.until(() => agent.marks(0).includes('first-frame-out'));
    expect(models.asked[1]?.messages.at(-1)).toMatchObject({ role: 'tool', content: 'Monday at nine' });
    expect(outcomes()).toEqual(['find_slot ok']);
    expect(models.spoken).toContain('One moment, please.');
  });

  test('a tool that nobody declared is refused, and its name is not logged', async () => {
    await dial([{ tool: 'delete_everything' }, 'I cannot do that here.'], { tools: [tool] });
    await call.until(() => models.asked.length === 2);
    expect(outcomes()).toEqual(['undeclared refused']);
  });

  test('a caller who asks for a person is handed over with one line of context, once all was said', async () => {
    await dial([{ tool: 'transfer_to_person', arguments: { summary: 'wants\r\nX-Evil: a "refund"' } }]);
    await call.until(() => call.closed);
    expect(agent.variables).toEqual({
      VOICECELL_NEXT: 'transfer',
      VOICECELL_NEXT_REASON: 'tool',
      VOICECELL_NEXT_CONTEXT: 'wants X-Evil a refund',
    });
  });

  test('goodbye is heard before the call ends', async () => {
    await dial([{ tool: 'end_call' }]);
    await call.until(() => call.closed);
    expect(agent.variables['VOICECELL_NEXT']).toBe('hangup');
  });

  test('keys go to the tool that declares them and not to the model, with recording paused; others mean nothing', async () => {
    const bodies = answerTools('paid');
    await dial([{ tool: 'pay' }, 'Thank you, it is paid.'], { tools: [{ ...tool, name: 'pay', takesDigits: true }] });
    agent.digits.push('', '4111', '1111#');
    await call.until(() => agent.asked.length === 1);
    for (const digit of '997') call.send({ event: 'DTMF_END', digit, duration_ms: 100 });
    await call.until(() => models.asked.length === 2, 10_000);
    expect(bodies).toEqual([{ callId: 'call-1', digits: '41111111', input: {} }]);
    for (const keys of ['4111', '997', '"9"']) {
      expect(JSON.stringify(models.asked)).not.toContain(keys);
      expect(agent.lines.join('')).not.toContain(keys);
    }
    expect(agent.asked.map(({ value }) => value)).toEqual(['pause', 'resume']);
  });

  /** Tools are HTTPS; everything else stays real. */
  function answerTools(text: string): unknown[] {
    const bodies: unknown[] = [];
    const real = globalThis.fetch;
    jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
      if (url !== tool.url) return await real(url, init);
      bodies.push(JSON.parse(init?.body as string));
      return new Response(text);
    });
    return bodies;
  }
});
