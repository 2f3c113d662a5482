import type { FakeAsterisk, FakeCall } from './fake-asterisk';
import { type Behaviour, FakeModels } from './fake-models';
import { type AgentOptions, RunningAgent } from './running-agent';

export interface TalkOptions {
  readonly behaviour?: Partial<Behaviour>;
  readonly agent?: AgentOptions;
  readonly call?: Partial<FakeCall>;
}

/** A call in real time with models and an agent of its own, so that many run beside each other (`test.concurrent`). */
export interface Talk {
  readonly models: FakeModels;
  readonly agent: RunningAgent;
  readonly call: FakeAsterisk;
  /** All that the agent has sent was played. */
  readonly quiet: () => Promise<void>;
  readonly answered: (turn: number) => Promise<void>;
}

const WAIT_MS = 15_000;
/** A test that is not about slowness must not depend on how busy the machine is. */
const CALM: AgentOptions = {
  env: { STT_TIMEOUT_MS: '20000', LLM_TIMEOUT_MS: '20000', TTS_TIMEOUT_MS: '20000' },
  patience: { fillerAfterMs: 20_000, giveUpAfterMs: 20_000 },
};

/** A call from its beginning. */
export async function answeredCall(options: TalkOptions, body: (talk: Talk) => Promise<void>): Promise<void> {
  const models = await FakeModels.start(options.behaviour);
  const agent = await RunningAgent.start(models, {
    ...CALM,
    ...options.agent,
    env: { ...CALM.env, ...options.agent?.env },
  });
  const call = await agent.dial(options.call);
  try {
    await body({
      models,
      agent,
      call,
      quiet: () => call.until(() => call.queuedFrames === 0, WAIT_MS),
      answered: (turn) => call.until(() => agent.marks(turn).includes('first-frame-out'), WAIT_MS),
    });
  } finally {
    call.hangUp();
    agent.stop();
    models.stop();
  }
}

/** Over what was just played a soft caller is taken for its echo. */
const ECHO_FRAMES = 25;

/** A call whose greeting is over. */
export const greetedCall = (options: TalkOptions, body: (talk: Talk) => Promise<void>): Promise<void> =>
  answeredCall(options, async (talk) => {
    await talk.call.until(() => talk.call.voicedMs() > 200, WAIT_MS);
    await talk.quiet();
    const over = talk.call.heard.length;
    await talk.call.until(() => talk.call.heard.length > over + ECHO_FRAMES, WAIT_MS);
    await body(talk);
  });
