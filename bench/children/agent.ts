import { readFileSync, readdirSync } from 'node:fs';
import { AgentProcess, buildPrograms, remove } from '../../test/media/agent/support/agent-process';
import { FakeAsterisk } from '../../test/media/agent/support/fake-asterisk';
import { FakeModels } from '../../test/media/agent/support/fake-models';
import { hello } from '../../test/media/agent/support/speech';

/** 40 calls on the eight vCPUs of a media node, 20 on four: the shipped deployments. */
const CAP = 5;
const TURNS = Number(process.env['TURNS'] ?? 60);
const SHORT_CALLS = Number(process.env['CALLS'] ?? 10_000);
/** NVIDIA 4xH100 at 8 streams: speech to text 52, first token 62, first audio 66 ms. */
const STAGES = { sttMs: 52, firstTokenMs: 62, tokenMs: 8, ttsMs: 66, speechMs: 40 };
/** "Line N has an answer." is whole when the next word begins. */
const CLAUSE_TOKENS = 6;

const LINES = Array.from({ length: CAP }, (_, line) => ({
  number: `+1202555010${line}`,
  function: `line ${line}`,
  persona: 'calm',
  language: 'en-US',
  queue: 'desk',
}));
const lineOf = (text: string): string => /line (\d)/i.exec(text)?.[1] ?? '';

async function latency(): Promise<object> {
  const models = await FakeModels.start({
    ...STAGES,
    replies: [({ messages }) => `Line ${lineOf(messages[0]?.content ?? '')} has an answer. There is one more.`],
  });
  const folder = buildPrograms();
  const settings = { PROCESSES: '1', MAX_CALLS: String(CAP), NUMBERS: JSON.stringify(LINES) };
  const agent = await AgentProcess.start(folder, models, settings);
  const worker = childOf(agent.child.pid ?? 0);
  const bare: number[] = [];
  const probe = setInterval(() => void bareRequest(models.url).then((ms) => bare.push(ms)), 250);
  const cpu = cpuSeconds(worker);
  const begun = performance.now();
  const added = (await Promise.all(LINES.map((line) => converse(agent, models, line)))).flat();
  const seconds = (performance.now() - begun) / 1000;
  const cpuPercentPerCall = (100 * (cpuSeconds(worker) - cpu)) / seconds / CAP;
  clearInterval(probe);
  agent.stop();
  models.stop();
  remove(folder);
  return {
    calls: CAP,
    turns: added.length,
    agentAddedP50Ms: percentile(added, 50),
    agentAddedP99Ms: percentile(added, 99),
    bareRequestP99Ms: percentile(bare, 99),
    cpuPercentPerCall: rounded(cpuPercentPerCall),
  };
}

/** Turn after turn on one call; what the agent added to each. */
async function converse(agent: AgentProcess, models: FakeModels, { number, function: name }: (typeof LINES)[number]) {
  // Real calls do not speak in step.
  await new Promise((resolve) => setTimeout(resolve, 137 * Number(lineOf(name))));
  const startedAt = Date.now();
  const callId = name.replace(' ', '-');
  const variables = {
    VOICECELL_NUMBER: number,
    VOICECELL_CALL_ID: callId,
    VOICECELL_STARTED_AT: String(startedAt * 1000),
  };
  const call = await FakeAsterisk.dial({ url: agent.audio, variables });
  const zero = startedAt - performance.timeOrigin;
  await call.until(() => call.voicedMs() > 200, 20_000);
  const added: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    await call.until(() => call.queuedFrames === 0, 20_000);
    await call.speak(hello());
    const decision = await markOf(agent, call, callId, turn, 'decision');
    await markOf(agent, call, callId, turn, 'first-frame-out');
    added.push(addedTo(models, name, decision + zero, call.audioBeganAt));
  }
  call.hangUp();
  return added;
}

function addedTo(models: FakeModels, line: string, decision: number, firstFrame: number): number {
  const mine = models.moments.filter(({ at, text }) => at > decision - 1 && lineOf(text) === lineOf(line));
  const nth = (what: string, index = 0) => mine.filter((one) => one.what === what)[index]?.at ?? Number.NaN;
  const toModel = nth('llm-request') - decision;
  const toVoice = nth('tts-request') - nth('llm-token', CLAUSE_TOKENS - 1);
  const toCaller = firstFrame - nth('tts-byte');
  return toModel + toVoice + toCaller;
}

/** Of the call's clock, ms. */
async function markOf(
  agent: AgentProcess,
  call: FakeAsterisk,
  callId: string,
  turn: number,
  mark: string,
): Promise<number> {
  const pattern = new RegExp(`"callId":"${callId}".*"us":(\\d+).*"turn":${turn},"mark":"${mark}"`);
  await call.until(() => pattern.test(agent.output), 20_000);
  return Number(pattern.exec(agent.output)?.[1]) / 1000;
}

async function bareRequest(url: string): Promise<number> {
  const begun = performance.now();
  await (await fetch(`${url}/v1/bare`)).text();
  return performance.now() - begun;
}

async function leak(): Promise<object> {
  const models = await FakeModels.start();
  const folder = buildPrograms();
  const agent = await AgentProcess.start(folder, models, {
    PROCESSES: '1',
    MAX_CALLS: '20',
    NUMBERS: JSON.stringify(LINES),
  });
  const worker = childOf(agent.child.pid ?? 0);
  const first = SHORT_CALLS / 10;
  await shortCalls(agent, first);
  const before = residentBytes(worker);
  await shortCalls(agent, SHORT_CALLS - first);
  const after = residentBytes(worker);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const filesOpenAtTheEnd = openFiles(worker);
  agent.stop();
  models.stop();
  remove(folder);
  return {
    calls: SHORT_CALLS,
    residentOverFirstTenth: rounded(after / before),
    bytesPerCall: Math.round((after - before) / (SHORT_CALLS - first)),
    filesOpenAtTheEnd,
  };
}

/** Calls that are hung up during the greeting, sooner or later. */
async function shortCalls(agent: AgentProcess, count: number): Promise<void> {
  let left = count;
  const one = async () => {
    for (let index = left--; index > 0; index = left--) {
      const call = await FakeAsterisk.dial({
        url: agent.audio,
        variables: { VOICECELL_NUMBER: LINES[0]?.number ?? '' },
      });
      await call.until(() => call.heard.length > (index % 2 === 0 ? 2 : 10));
      call.hangUp();
    }
  };
  await Promise.all(Array.from({ length: 10 }, one));
}

const childOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);

const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

/** User and system time, in clock ticks of 10 ms. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const openFiles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

const rounded = (value: number): number => Math.round(value * 100) / 100;

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return rounded(sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN);
}

void (process.argv[2] === 'leak' ? leak() : latency()).then((result) => {
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exit(0);
});
