import { cpSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { end } from '../../lab/cleanup';
import { until } from '../../lab/until';
import { rounded } from '../cold-run';
import { Callers } from './callers';
import { type DrainCell, startCell } from './cell';
import { hasGone, LEAVE_MS, type Past } from './fleet';
import { type Kind, scheduleOf, STEADY_NODES } from './load';
import { HOSTS } from './network';
import { now, Phones } from './phones';
import { type Cycle, type DrainResult, resultOf } from './result';

/** The cycles of one run, in its hub: `run RUN CYCLES CALLS FOLDER LOGS`; prints the result as JSON. */
const [run = '', cycles = '', calls = '', folder = '', logs = ''] = process.argv.slice(2);
const atOnce = Number(calls);
/** So that no moment has fewer: a call that ends is followed by one that rings first. */
const spare = Math.max(4, Math.ceil(atOnce / 8));
const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function main(): Promise<DrainResult> {
  const kinds = scheduleOf(Number(cycles));
  const cell = await startCell({ run: Number(run), folder, calls: atOnce + spare });
  try {
    return await measured(cell, kinds);
  } finally {
    if (logs !== '') keepLogs(cell, logs);
  }
}

async function measured(cell: DrainCell, kinds: readonly Kind[]): Promise<DrainResult> {
  const phones = await Phones.open(HOSTS.carrier, 3 * (atOnce + spare));
  const callers = new Callers({
    folder: path.join(folder, 'callers'),
    from: HOSTS.carrier,
    to: cell.edge.at('SIP_PORT'),
    atOnce: atOnce + spare,
    phones: 3 * (atOnce + spare),
  });
  await until('the callers', async () => (await cell.callsNow()) >= atOnce + spare, 60_000);
  const from = now();
  const done: Cycle[] = [];
  for (const kind of kinds) {
    if (waits[kind]) await cell.fleet.gone(done.at(-1)?.left ?? []);
    done.push(await cycle(kind, cell));
  }
  await cell.fleet.gone(done.at(-1)?.left ?? []);
  const to = now();
  await callers.finish(60_000);
  await atRest(cell, done);
  return resultOf({ cell, done, calls: callers.calls(), phones, from, to });
}

async function cycle(kind: Kind, cell: DrainCell): Promise<Cycle> {
  const began = now();
  const left = await leave[kind](cell);
  const load = loadavg()[0] ?? 0;
  say(`${kind}: ${rounded((now() - began) / 1_000, 1)} s, load ${rounded(load, 1)}`);
  return { kind, left, load };
}

/** Whether nodes still leave by the way before is none of ECS's concern when it deploys; otherwise they count as nodes it has. */
const waits: Readonly<Record<Kind, boolean>> = { 'instance-taken': true, deployment: false, 'scale-in': true };

/** How nodes come to leave; each is over when they leave and others take calls. */
const leave: Readonly<Record<Kind, (cell: DrainCell) => Promise<readonly Past[]>>> = {
  'instance-taken': async ({ fleet }) => {
    const old = fleet.running().slice(0, 1);
    const known = fleet.all.length;
    for (const one of old) fleet.take(one);
    await fleet.serving(known, 1);
    await fleet.left(old);
    return old;
  },
  deployment: async ({ fleet }) => {
    const old = fleet.running().filter(({ leavingSince }) => leavingSince === undefined);
    const known = fleet.all.length;
    fleet.deploy();
    await fleet.serving(known, STEADY_NODES);
    await fleet.left(old);
    return old;
  },
  /** One more node first, so that two go on when one leaves. */
  'scale-in': async ({ fleet }) => {
    const known = fleet.all.length;
    fleet.want(STEADY_NODES + 1);
    await fleet.serving(known, 1);
    const before = fleet.running();
    fleet.want(STEADY_NODES);
    await until('one to let go', () => before.some(({ task }) => hasGone(task)), LEAVE_MS);
    return before.filter(({ task }) => hasGone(task));
  },
};

/** Those that left have ended, and the others have stored everything. */
async function atRest({ fleet }: DrainCell, done: readonly Cycle[]): Promise<void> {
  const left = done.flatMap((one) => one.left);
  await until('those that left', () => left.every(({ stoppedAt }) => stoppedAt !== undefined), 90_000);
  await until('empty spools', () => fleet.running().every(({ node }) => node.left().length === 0), 60_000);
}

function keepLogs({ edge, roster, fleet }: DrainCell, to: string): void {
  cpSync(path.join(folder, 'callers'), path.join(to, 'callers'), { recursive: true });
  writeFileSync(path.join(to, 'kamailio.txt'), edge.kamailio.output);
  writeFileSync(path.join(to, 'rtpengine.txt'), edge.rtpengine.output);
  writeFileSync(path.join(to, 'roster.txt'), roster.output);
  for (const { node } of fleet.all) writeFileSync(path.join(to, `${node.address}.txt`), node.said());
}

const stop = (code: number): void => void end().finally(() => process.exit(code));
process.stdin.on('end', () => stop(1)).resume();
void main().then(
  (result) => {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    stop(0);
  },
  (error: Error) => {
    say(error.stack ?? error.message);
    stop(1);
  },
);
