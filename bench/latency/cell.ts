import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallEvent } from '../../media/contract';
import { Cell } from '../../lab/cell';
import { end } from '../../lab/cleanup';
import { Daemon } from '../../lab/daemon';
import { timesOf, turnBetween, type TurnTimes } from '../../lab/turns';
import { until } from '../../lab/until';
import type { HeardTurn } from './callers';
import { HOSTS, namespaces, type Place, STAGE_PORTS } from './namespaces';
import {
  CALLER_MS,
  DISTANCES,
  type Distance,
  PROFILES,
  type Profile,
  type ReplyKind,
  type Transport,
  TRANSPORTS,
} from './profiles';
import { type Measured, type Row, rowOf } from './summary';

/** A cell in its namespace, and calls through it, row by row. `cell RUN WIRE`; prints the rows as JSON. */
const [run = '', wireProgram = ''] = process.argv.slice(2);
const CALLS = Number(process.env['CALLS'] ?? 6);
/** A machine busy with other things measures fewer rows, not for longer. */
const LAST_ROW_BEGINS_MS = 420_000;
/** Of a call; before them one that warms up: connections, caches, compiled code. */
const TURNS = Number(process.env['TURNS'] ?? 9) + 1;

const NUMBERS = Array.from({ length: CALLS }, (_, line) => ({
  number: `+1202555011${line}`,
  function: `line-${line}`,
  persona: 'calm',
  language: 'en-US',
  queue: 'desk',
  greeting: 'Hello.',
}));
const SPEECH = {
  stt: `http://${HOSTS.stages}:${STAGE_PORTS.stt}`,
  llm: `http://${HOSTS.stages}:${STAGE_PORTS.llm}`,
  tts: `http://${HOSTS.stages}:${STAGE_PORTS.tts}`,
};

interface Wanted {
  readonly profile: Profile;
  readonly distance: Distance;
  readonly transport: Transport;
  readonly firstSpoken: ReplyKind;
}

/** Every distance by every transport for each profile, and in the cell the first sentence. */
const wanted: readonly Wanted[] = PROFILES.flatMap((profile, at) => [
  ...TRANSPORTS.flatMap((transport) =>
    DISTANCES.map((distance) => ({ profile, distance, transport, firstSpoken: 'clause' as const })),
  ),
  ...(at > 0 ? [] : DISTANCES.slice(0, 1)).map((distance) => ({
    profile,
    distance,
    transport: 'streaming' as const,
    firstSpoken: 'sentence' as const,
  })),
]);

const inNamespace = (place: Place, command: readonly string[]): Daemon =>
  new Daemon('ip', namespaces.inside(Number(run), place, command));
const program = (name: string): string[] => [process.execPath, '--import', 'tsx', path.join(__dirname, `${name}.ts`)];

async function wire(place: 'wire-caller' | 'wire-stages', oneWayMs: number): Promise<Daemon> {
  const daemon = inNamespace(place, [wireProgram, 'near', 'far', String(Math.round(oneWayMs * 1000))]);
  await daemon.says('wired');
  return daemon;
}

async function measure(cell: Cell, one: Wanted): Promise<Row> {
  const { profile, distance, transport, firstSpoken } = one;
  const long = await wire('wire-stages', distance.oneWayMs);
  const stages = inNamespace('stages', [...program('stages'), profile.name, transport, firstSpoken, String(TURNS)]);
  await stages.says('ready');
  await cell.startAgent(SPEECH, { STT_TRANSPORT: transport === 'streaming' ? 'websocket' : 'http', PROCESSES: '2' });
  const before = cell.server.events().length;
  const { times, unanswered } = await callAll(cell, before);
  await stages.stop();
  await long.stop();
  const key = { profile: profile.name, assumed: profile.assumed, ...distance, transport, firstSpoken };
  return rowOf(key, profile, times, unanswered);
}

interface Called {
  readonly times: readonly TurnTimes[];
  /** Turns in which the caller heard no reply. */
  readonly unanswered: number;
}

async function callAll(cell: Cell, before: number): Promise<Called> {
  const numbers = NUMBERS.map(({ number }) => number);
  const port = String(cell.edge.at('SIP_PORT').port);
  const callers = inNamespace('caller', [...program('callers'), port, String(TURNS), ...numbers]);
  await until('the calls', () => !callers.isRunning, 150_000);
  if (callers.process.exitCode !== 0) throw new Error(`the callers failed: ${callers.output.slice(-1_000)}`);
  await sleep(200);
  const lines = callers.lines().filter((line) => line.startsWith('{'));
  const heard = lines.map((line) => JSON.parse(line) as HeardTurn).filter(({ turn }) => turn > 0);
  const times = heard.flatMap((one) => timesHeard(eventsOf(cell, one.number, before), one) ?? []);
  return { times, unanswered: heard.length - times.length };
}

function timesHeard(events: readonly CallEvent[], { lastSpeechAt, firstReplyAt }: HeardTurn): TurnTimes | undefined {
  if (firstReplyAt === undefined) return undefined;
  const turn = turnBetween(events, lastSpeechAt, firstReplyAt);
  return turn === undefined ? undefined : timesOf(events, turn, { lastSpeechAt, firstReplyAt, wayMs: CALLER_MS });
}

/** Whatever the edge called it, a call is known by the number that was dialled. */
function eventsOf(cell: Cell, number: string, before: number): CallEvent[] {
  const line = NUMBERS.find((one) => one.number === number)?.function;
  const answered = cell.server
    .events()
    .slice(before)
    .find((event) => event.event === 'call.answered' && event.function === line);
  if (!answered) throw new Error(`nobody answered ${number}`);
  return cell.agent.events(answered.callId);
}

async function main(): Promise<void> {
  await wire('wire-caller', CALLER_MS);
  const addresses = { edge: HOSTS.edge, server: HOSTS.server, carrier: HOSTS.caller };
  const cell = await Cell.start({ addresses, numbers: NUMBERS, speech: SPEECH });
  const rows: Row[] = [];
  for (const one of wanted.slice(0, Number(process.env['ROWS'] ?? wanted.length))) {
    if (performance.now() > LAST_ROW_BEGINS_MS) break;
    rows.push(await measure(cell, one));
    process.stderr.write(`${JSON.stringify(rows.at(-1))}\n`);
  }
  const measured: Measured = { rows, rowsLeftOut: wanted.length - rows.length };
  process.stdout.write(`${JSON.stringify(measured)}\n`);
}

const stop = (code: number): void => void end().finally(() => process.exit(code));
/** Whoever started this was killed, and cannot clean up. */
async function orphaned(): Promise<void> {
  await end();
  namespaces.remove(Number(run));
  process.exit(1);
}
process.stdin.on('end', () => void orphaned()).resume();
void main().then(
  () => stop(0),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    stop(1);
  },
);
