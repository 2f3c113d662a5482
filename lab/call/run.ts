import { Cell } from '../cell';
import { Speech } from '../speech';
import { temporaryDirectory } from '../temporary';
import { timesOf } from '../turns';
import { until } from '../until';
import { Person } from './caller';
import { answerTo, CALLER_LINES, GREETING } from './dialogue';
import type { CallReport, Turn } from './report';

const ADDRESSES = { edge: '127.0.0.2', server: '127.0.0.3', carrier: '127.0.0.11' };
const CLINIC = {
  number: '+12025550111',
  function: 'clinic',
  persona: 'calm',
  language: 'en-US',
  queue: 'desk',
  greeting: GREETING,
};
const CALL_ID = `spoken-${process.pid}`;

/** Starts a cell and its speech services on loopback, and talks to it by telephone. */
export async function spokenCall(say: (line: string) => void): Promise<CallReport> {
  const directory = temporaryDirectory();
  say("starting PocketSphinx, a scripted model and flite as the cell's inference");
  const speech = await Speech.start(directory);
  say(`starting edge ${ADDRESSES.edge}, media server ${ADDRESSES.server} and agent`);
  const cell = await Cell.start({
    addresses: ADDRESSES,
    numbers: [CLINIC],
    speech: speech.urls,
    agentEnv: { TTS_SAMPLE_RATE: '16000' },
  });
  say(`calling ${CLINIC.number} from ${ADDRESSES.carrier}`);
  const to = cell.edge.at('SIP_PORT');
  const person = await Person.dial({ number: CLINIC.number, callId: CALL_ID, from: ADDRESSES.carrier, to, directory });
  const greeting = await speech.recognise((await person.hear(0)).samples);
  const turns: Turn[] = [];
  for (const said of CALLER_LINES) turns.push(await oneTurn({ cell, speech, person, said, turn: turns.length }));
  await person.over();
  return { greeting, turns, endedBy: await endOf(cell) };
}

async function oneTurn(options: {
  readonly cell: Cell;
  readonly speech: Speech;
  readonly person: Person;
  readonly said: string;
  readonly turn: number;
}): Promise<Turn> {
  const { cell, speech, person, said, turn } = options;
  const { since, firstAt, samples } = await person.ask(said);
  const recognised = speech.heard[turn] ?? '';
  const heard = await speech.recognise(samples);
  const outside = { lastSpeechAt: since, firstReplyAt: firstAt, wayMs: 0 };
  const times = timesOf(cell.agent.events(idOf(cell)), turn, outside);
  return { said, recognised, reply: answerTo(recognised).says, heard, times };
}

/** The edge names the call; whatever a carrier calls it is its own affair. */
const idOf = (cell: Cell): string => cell.edge.events()[0]?.callId ?? '';

async function endOf(cell: Cell): Promise<string> {
  const ended = await until('the end of the call', () =>
    cell.server.events().find((event) => event.event === 'call.ended'),
  );
  return ended.event === 'call.ended' ? ended.by : '';
}
