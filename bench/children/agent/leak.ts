import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import { AgentProcess, buildPrograms, remove, statusOf, until } from '../../../test/media/agent/support/agent-process';
import { FakeAsterisk } from '../../../test/media/agent/support/fake-asterisk';
import { FakeModels } from '../../../test/media/agent/support/fake-models';
import { NUMBER } from '../../../test/media/agent/support/running-agent';
import type { Held } from './probe';
import { HELD_LINE, rounded } from './stamps';

/** Calls that are hung up during the greeting, sooner or later, through the programs as the image has them. */
const CALLS = 10_000;
const PARTS = 10;
const AT_ONCE = 10;

interface Part extends Held {
  readonly openFiles: number;
}

async function leak(): Promise<object> {
  const models = await FakeModels.start();
  const folder = buildPrograms();
  const probe = join(folder, 'probe.js');
  buildSync({ entryPoints: [join(__dirname, 'probe.ts')], outfile: probe, bundle: true, platform: 'node' });
  const settings = { PROCESSES: '1', MAX_CALLS: String(2 * AT_ONCE), NODE_OPTIONS: `--require=${probe}` };
  const agent = await AgentProcess.start(folder, models, settings);
  const begun = performance.now();
  const parts: Part[] = [];
  for (let part = 0; part < PARTS; part += 1) {
    await shortCalls(agent, CALLS / PARTS);
    parts.push(await rest(agent));
  }
  const seconds = Math.round((performance.now() - begun) / 1000);
  agent.stop();
  models.stop();
  remove(folder);
  return { leakCalls: CALLS, seconds, ...summary(parts) };
}

async function shortCalls(agent: AgentProcess, count: number): Promise<void> {
  let left = count;
  const one = async () => {
    for (let index = left--; index > 0; index = left--) {
      const call = await FakeAsterisk.dial({ url: agent.audio, variables: { VOICECELL_NUMBER: NUMBER } });
      await call.until(() => call.heard.length > (index % 2 === 0 ? 1 : 6));
      call.hangUp();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

/** With no call left, and the connections to models closed or pooled as they are between calls. */
async function rest(agent: AgentProcess): Promise<Part> {
  await until(async () => (await statusOf(agent))?.calls === 0);
  await wait(500);
  const pid = childOf(agent.child.pid ?? 0);
  agent.output = '';
  process.kill(pid, 'SIGUSR2');
  await until(() => Promise.resolve(agent.output.includes(HELD_LINE)));
  const line = agent.output.split('\n').find((one) => one.startsWith(HELD_LINE)) ?? '';
  const held = JSON.parse(line.slice(HELD_LINE.length)) as Held;
  return { ...held, openFiles: readdirSync(`/proc/${pid}/fd`).length };
}

function summary(parts: readonly Part[]): object {
  const growth = (bytes: (part: Part) => number): number => {
    const [middle, last] = [parts[PARTS / 2 - 1], parts[PARTS - 1]];
    return middle && last ? Math.round((bytes(last) - bytes(middle)) / (CALLS / 2)) : Number.NaN;
  };
  return {
    rssGrowthBytesPerCall: growth(({ rssBytes }) => rssBytes),
    heapGrowthBytesPerCall: growth(({ heapBytes }) => heapBytes),
    heapMb: parts.map(({ heapBytes }) => rounded(heapBytes / 1e6)),
    rssMb: parts.map(({ rssBytes }) => Math.round(rssBytes / 1e6)),
    handles: parts.map(({ handles }) => handles),
    openFiles: parts.map(({ openFiles }) => openFiles),
  };
}

const childOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);

void leak().then((result) => {
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exit(0);
});
