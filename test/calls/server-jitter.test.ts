import { setTimeout as sleep } from 'node:timers/promises';
import { FakeAgent, type Talk } from './support/fake-agent';
import { type MediaCall, dialAgent, talks } from './support/media-call';
import { MediaServer } from './support/media-server';
import { describeWith } from './support/programs';
import { renderPrompts } from './support/prompts';
import { temporaryDirectory } from './support/temporary';
import { level, toneShare } from './support/tones';
import { until } from './support/until';

const RATE = 8_000;
const HZ = 440;
/** What each of four packets is late: the second is overtaken by the third. */
const LATE_MS = [0, 35, 5, 20];
const LONGEST_WAIT_MS = 40;
/** A packet and a frame of 20 ms, each made up before it is sent on. */
const PATH_MS = 40;
/** A busy machine; a buffer that waits a fifth of a second is found all the same. */
const SLACK_MS = 70;

describeWith(['asterisk', 'sipp', 'espeak-ng', 'sox'], 'a caller whose packets come irregularly', () => {
  const directory = temporaryDirectory();
  let server: MediaServer;
  let agent: FakeAgent;

  beforeAll(async () => {
    server = await MediaServer.start({ directory, prompts: renderPrompts(directory) });
    agent = await FakeAgent.listen(server.agentPort);
  });

  /** From the caller's first sound to its first sample at the agent, the least of five: a busy machine only adds to it. */
  async function delayOf({ phone, talk }: MediaCall & { talk: Talk }): Promise<number> {
    const delays: number[] = [];
    for (let burst = 0; burst < 5; burst += 1) {
      await sleep(400);
      phone.tone = HZ;
      const since = Date.now();
      await until('the tone', () => talk.heard(since).some((sample) => Math.abs(sample) > 2_000));
      delays.push(Date.now() - since);
      phone.tone = 0;
    }
    return Math.min(...delays);
  }

  /** Share of the tenths of a second that hold the tone and nothing else. */
  function clean(samples: Int16Array): number {
    const size = RATE / 10;
    const parts = Array.from({ length: Math.floor(samples.length / size) }, (_, n) =>
      samples.subarray(n * size, (n + 1) * size),
    );
    return parts.filter((part) => level(part) > 1_000 && toneShare(part, RATE, HZ) > 0.98).length / parts.length;
  }

  test('is heard in order and without gaps, and waits for it 40 ms at most', async () => {
    const call = await dialAgent(server, agent, directory, talks(11_000));
    call.phone.lateBy = (sequence) => LATE_MS[sequence % LATE_MS.length] ?? 0;
    const delay = await delayOf(call);
    call.phone.tone = HZ;
    await sleep(1_000);
    const seconds: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      const since = Date.now();
      await sleep(1_000);
      seconds.push(clean(call.talk.heard(since)));
    }
    await call.caller.done();

    // Without a buffer not a tenth of one is.
    expect(Math.max(...seconds)).toBeGreaterThan(0.6);
    expect(delay).toBeLessThan(PATH_MS + LONGEST_WAIT_MS + SLACK_MS);
  });
});
