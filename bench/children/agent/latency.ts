import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { FakeAsterisk } from '../../../test/media/agent/support/fake-asterisk';
import { FakeModels } from '../../../test/media/agent/support/fake-models';
import { environment } from '../../../test/media/agent/support/running-agent';
import { hello } from '../../../test/media/agent/support/speech';
import { type Added, addedByLine, lineOf } from './added';
import { type AgentMeasures, percentile, rounded, sharedMs } from './stamps';

/** Models and callers of one run; the agent is a process of its own (process.ts), whose flags are those of the shipped one. */
const CALLS = Number(process.env['CALLS']);
const TURNS = Number(process.env['TURNS']);
const AGENT_FLAGS = ['--single-threaded-gc', '--import', 'tsx'];
/** NVIDIA 4xH100 at 8 streams: speech to text 52, first token 62, first audio 66 ms. */
const STAGES = { sttMs: 52, firstTokenMs: 62, tokenMs: 8, ttsMs: 66, speechMs: 20 };
const WAIT_MS = 20_000;

const LINES = Array.from({ length: CALLS }, (_, line) => ({
  number: `+1202555010${line}`,
  function: `line ${line}`,
  persona: 'calm',
  language: 'en-US',
  queue: 'desk',
}));

async function measure(): Promise<object> {
  const models = await FakeModels.start({
    ...STAGES,
    replies: [({ messages }) => `Line ${lineOf(messages[0]?.content ?? '')} has an answer. There is one more.`],
  });
  const agent = startAgent(models);
  const [port] = (await once(agent, 'message')) as [number];
  const begun = sharedMs();
  agent.send('begin');
  const calls: FakeAsterisk[] = [];
  for (const line of LINES.keys()) calls.push(await dial(port, line));
  await Promise.all(calls.map(converse));
  const wallMs = sharedMs() - begun;
  agent.send('end');
  const [measures] = (await once(agent, 'message')) as [AgentMeasures];
  agent.disconnect();
  return summary(addedByLine(CALLS, measures.stamps, models.moments), measures, wallMs);
}

function startAgent(models: FakeModels): ChildProcess {
  const door = { url: 'http://127.0.0.1:9', secretFile: '/nowhere' };
  const all = { VAD: 'silero', PROCESSES: '1', MAX_CALLS: String(CALLS), NUMBERS: JSON.stringify(LINES) };
  const env = { ...environment(models, { env: all }, door), PATH: process.env['PATH'] ?? '' };
  return fork(join(__dirname, 'process.ts'), { env, execArgv: AGENT_FLAGS });
}

/** Real calls do not speak in step. */
async function dial(port: number, line: number): Promise<FakeAsterisk> {
  await new Promise((resolve) => setTimeout(resolve, 137));
  const variables = { VOICECELL_NUMBER: LINES[line]?.number ?? '', VOICECELL_CALL_ID: String(line) };
  return await FakeAsterisk.dial({ url: `ws://127.0.0.1:${port}/audio`, variables });
}

async function converse(call: FakeAsterisk): Promise<void> {
  await call.until(() => call.audioBeganAt > 0, WAIT_MS);
  for (let turn = 0; turn < TURNS; turn += 1) {
    await call.until(() => call.queuedFrames === 0, WAIT_MS);
    await call.speak(hello());
    const said = performance.now();
    await call.until(() => call.audioBeganAt > said, WAIT_MS);
  }
  call.hangUp();
}

function summary(lines: readonly (readonly Added[])[], measures: AgentMeasures, wallMs: number): object {
  const all = lines.flat();
  const sums = all.map(sum);
  const part = (name: keyof Added) =>
    percentile(
      all.map((one) => one[name]),
      99,
    );
  return {
    turns: sums.length,
    agentAddedP50Ms: percentile(sums, 50),
    agentAddedP99Ms: percentile(sums, 99),
    firstTurnsWorstMs: rounded(Math.max(...lines.flatMap(([first]) => (first ? [sum(first)] : [])))),
    toModelP99Ms: part('toModel'),
    toVoiceP99Ms: part('toVoice'),
    toCallerP99Ms: part('toCaller'),
    eventLoopDelayP99Ms: rounded(measures.loopDelayP99Ms),
    longestGcMs: rounded(measures.longestGcMs),
    cpuPercentPerCall: rounded((100 * measures.cpuMs) / wallMs / CALLS),
  };
}

const sum = ({ toModel, toVoice, toCaller }: Added): number => toModel + toVoice + toCaller;

void measure().then((result) => {
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exit(0);
});
