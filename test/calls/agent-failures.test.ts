import { PATIENCE } from '../../media/agent/call/cover';
import type { Behaviour } from '../media/agent/support/fake-models';
import type { AgentOptions, RunningAgent } from '../media/agent/support/running-agent';
import { hello } from '../media/agent/support/speech';
import { answeredCall, greetedCall, type Talk } from '../media/agent/support/talk';

jest.setTimeout(40_000);

/** Whoever waits hears something at least this often. */
const DEAD_AIR_MS = 2_000;
/** Short, so that tests are. */
const QUICK = { STT_TIMEOUT_MS: '800', LLM_TIMEOUT_MS: '800', TTS_TIMEOUT_MS: '800' };

/** A call whose greeting is over and whose stages then behave as given. */
const failing = (behaviour: Partial<Behaviour>, body: (talk: Talk) => Promise<void>, agent: AgentOptions = {}) =>
  greetedCall({ agent: { patience: PATIENCE, ...agent, env: { ...QUICK, ...agent.env } } }, async (talk) => {
    Object.assign(talk.models.behaviour, behaviour);
    await body(talk);
  });

const degraded = ({ events }: RunningAgent) =>
  events.flatMap((one) => (one.event === 'stage.degraded' ? [`${one.stage} ${one.reason} ${one.action}`] : []));
const retried = ({ events }: RunningAgent) =>
  events.flatMap((one) => (one.event === 'stage.retried' ? [one.stage] : []));

describe.each(['stt', 'llm', 'tts'] as const)('with %s gone', (stage) => {
  test.concurrent.each([
    ['error', 'failed'],
    ['hang', 'timeout'],
  ] as const)('(%s) it is asked again, then the caller goes to a person', (how, reason) =>
    failing({ broken: { [stage]: how } }, async ({ call, agent }) => {
      await call.speak(hello());
      await call.until(() => call.closed, 10_000);
      expect(retried(agent)).toEqual([stage]);
      expect(degraded(agent).at(-1)).toBe(`${stage} ${reason} transfer`);
      expect(agent.variables).toEqual({ VOICECELL_NEXT: 'transfer', VOICECELL_NEXT_REASON: 'stage-down' });
      expect(call.commands.at(-1)).toBe('HANGUP');
    }),
  );
});

describe('a slow model', () => {
  test.concurrent('is covered by fillers: never two seconds of dead air', () =>
    failing(
      { firstTokenMs: 4_500 },
      async ({ call, agent, models }) => {
        const from = call.heard.length;
        await call.speak(hello());
        await call.until(() => agent.marks(0).includes('first-frame-out'), 10_000);
        const said = from + hello().length / 320;
        expect(call.longestSilenceMs(said)).toBeLessThan(DEAD_AIR_MS);
        expect(new Set(degraded(agent))).toEqual(new Set(['llm slow filler']));
        expect(models.asked.at(-1)?.messages.some(({ content }) => content.includes('moment'))).toBe(false);
      },
      { env: { LLM_TIMEOUT_MS: '6000' } },
    ),
  );

  test.concurrent('that never answers is given up after a while', () =>
    failing(
      { broken: { llm: 'hang' } },
      async ({ call, agent }) => {
        const from = call.heard.length + hello().length / 320;
        await call.speak(hello());
        await call.until(() => call.closed, 15_000);
        expect(degraded(agent).at(-1)).toBe('llm slow transfer');
        expect(call.longestSilenceMs(from)).toBeLessThan(DEAD_AIR_MS);
      },
      { env: { LLM_TIMEOUT_MS: '60000' }, patience: { ...PATIENCE, giveUpAfterMs: 4_000 } },
    ),
  );
});

test.concurrent('a caller who hangs up ends all work', () =>
  failing({ firstTokenMs: 300 }, async ({ call, agent, models }) => {
    await call.speak(hello());
    await call.until(() => models.requests.llm > 0);
    const before = models.requests.tts;
    call.hangUp();
    await call.until(() => agent.agent.calls === 0);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(models.requests.tts).toBe(before);
    expect(degraded(agent)).toEqual([]);
  }),
);

test.concurrent('without a voice to greet with the caller goes to a person at once', () =>
  answeredCall({ behaviour: { broken: { tts: 'error' } }, agent: { env: QUICK } }, async ({ call, agent }) => {
    await call.until(() => call.closed, 10_000);
    expect(agent.variables['VOICECELL_NEXT']).toBe('transfer');
  }),
);

test.concurrent('a media server that cannot be told is left, which it takes for a lost agent', () =>
  failing({ broken: { llm: 'error' } }, async ({ call, agent }) => {
    agent.closeDoor();
    await call.speak(hello());
    await call.until(() => call.closed, 10_000);
    expect(agent.variables).toEqual({});
  }),
);
