import type { TurnTimes } from '../turns';

export interface Turn {
  readonly said: string;
  /** By the cell. */
  readonly recognised: string;
  readonly reply: string;
  /** The reply, as recognised at the caller's end. */
  readonly heard: string;
  readonly times: TurnTimes;
}

export interface CallReport {
  readonly greeting: string;
  readonly turns: readonly Turn[];
  readonly endedBy: string;
}

const COLUMNS: readonly (readonly [string, keyof TurnTimes])[] = [
  ['wait', 'wait'],
  ['stt', 'stt'],
  ['llm', 'firstToken'],
  ['clause', 'clause'],
  ['tts', 'firstByte'],
  ['out', 'out'],
  ['round trip', 'roundTrip'],
  ['heard gap', 'heardGap'],
];
const WIDTH = 80;
const MARGIN = 8;

/** What was said, how long each stage took, and the two latencies with their ends; 80 columns. */
export function callReport({ greeting, turns, endedBy }: CallReport): string {
  return [
    'What was said, as recognised at the other end of the line',
    ...line('agent', greeting),
    ...turns.flatMap(({ recognised, heard }) => [...line('caller', recognised), ...line('agent', heard)]),
    ...turns.flatMap(misheard),
    '',
    'Milliseconds, turn by turn',
    row(
      'turn',
      COLUMNS.map(([title]) => title),
    ),
    ...turns.map(({ times }, at) =>
      row(
        String(at + 1),
        COLUMNS.map(([, key]) => ms(times[key])),
      ),
    ),
    '',
    ...EXPLAINED,
    '',
    `turn round trip  median ${ms(median(turns.map(({ times }) => times.roundTrip)))} ms`,
    `heard gap        median ${ms(median(turns.map(({ times }) => times.heardGap)))} ms`,
    '',
    `The call was ended by the ${endedBy}. Nothing is left running.`,
  ].join('\n');
}

const EXPLAINED = [
  'wait    last speech the agent heard, to its decision that the turn is over',
  'stt     decision, to the words (they are asked for during the wait)',
  'llm     words, to the first token        clause  to the first clause',
  'tts     clause, to the first audio       out     to the first loud RTP packet',
  'turn round trip = decision, to the first voiced reply packet of the media',
  '                  server (seen at the caller, one loopback relay later)',
  "heard gap       = caller's last speech packet, to the first reply packet there",
];

const misheard = ({ said, recognised }: Turn): string[] =>
  said === recognised ? [] : line('', `(the caller had said: ${said})`);

/** Words under each other beside who said them. */
function line(who: string, text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length + 1 > WIDTH - MARGIN) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.map((one, at) => `${(at === 0 ? who : '').padEnd(MARGIN)}${one}`);
}

const row = (first: string, cells: readonly string[]): string =>
  first.padEnd(5) + cells.map((cell, at) => cell.padStart(at < 6 ? 8 : 12)).join('');

const ms = (value: number): string => (Number.isFinite(value) ? String(Math.round(value)) : '-');

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}
