import { hang } from '../../regions/wrap';
import type { Preflight } from '../preflight';
import type { State } from '../verdict';
import { grouped, remarksOf, type Remark } from './group';
import { tables } from './table';

/** Longest run of characters without a space that a line still holds below its label. */
const LONGEST_WORD = 68;

const MEANING: Readonly<Record<State, string>> = {
  'will fail': 'the deployment, or its calls, will fail on it',
  'cannot tell': 'the account did not say; it is no pass',
  later: 'not there yet: a step of the deployment makes it',
  ok: 'as the plan needs it (* with a note below)',
};

/** A preflight for a person: a table, what its words mean, and what to do about each line that is not ok. Pure. */
export function renderPreflight(preflight: Preflight): string {
  const { deployment, account, verdicts } = preflight;
  const sections = [
    [`${deployment} in account ${account}`],
    tables(preflight),
    [legend(preflight)],
    remarksOf(verdicts).map(paragraph),
    [summary(preflight)],
  ];
  return sections.flat().join('\n\n');
}

const STATES = Object.keys(MEANING) as State[];

/** Only of the words that the table uses. */
function legend({ regions, verdicts }: Preflight): string {
  const checks = new Set(verdicts.map(({ check }) => check));
  const cells = new Set(verdicts.map(({ check, region }) => `${check} ${region}`));
  const used = STATES.filter((state) => verdicts.some((verdict) => verdict.state === state));
  const lines = used.map((state) => [state, MEANING[state]] as const);
  const nothing = cells.size < checks.size * regions.length ? [['-', 'nothing to look at'] as const] : [];
  return [...lines, ...nothing].map(([word, meaning]) => `${word.padEnd(13)}${meaning}`).join('\n');
}

const paragraph = ({ state, found, needed, remedy, where }: Remark): string =>
  [
    ...hang(`${state === 'ok' ? 'note' : state}: `, placesOf(where)),
    ...listed('  found   ', found),
    ...(state === 'cannot tell' ? [] : listed('  needed  ', needed)),
    ...remedyLines(remedy ?? ''),
  ].join('\n');

/** Each on lines of its own, the first beside the label. */
const listed = (label: string, texts: readonly string[]): string[] =>
  texts.flatMap((text, index) => hang(index === 0 ? label : ' '.repeat(label.length), clean(text)));

const DO = '  do      ';
const BELOW = ' '.repeat(DO.length);

/** Prose, and each command on lines of its own that a shell takes as they stand: no word of it is broken. */
function remedyLines(remedy: string): string[] {
  const lines = remedy
    .split('`')
    .flatMap((part, index) =>
      index % 2 === 0 ? hang(BELOW, clean(part)) : continued(hang(`${BELOW}  `, printable(part))),
    );
  return lines.map((line, index) => (index === 0 ? DO + line.trimStart() : line));
}

/** Wrapped two columns further right, to have room for the backslash. */
const continued = (lines: readonly string[]): string[] =>
  lines.map((line, index) => line.slice(2) + (index < lines.length - 1 ? ' \\' : ''));

/** `buckets, names for us-east-1; VPCs for us-west-2`: checks with the same regions share them. */
function placesOf(where: Remark['where']): string {
  const groups = grouped(where, ([, regions]) => regions.join(', '));
  return [...groups]
    .map(([regions, checks]) => `${checks.map(([check]) => check).join(', ')} for ${regions}`)
    .join('; ');
}

function summary({ verdicts }: Preflight): string {
  const counts = STATES.map((state) => [verdicts.filter((one) => one.state === state).length, state] as const);
  return counts
    .filter(([count]) => count > 0)
    .map(([count, state]) => `${count} ${state}`)
    .join(', ');
}

const printable = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ');

/** What an account says may hold anything: no control characters, and no word that leaves the terminal. */
const clean = (text: string): string =>
  printable(text)
    .split(' ')
    .flatMap((word) => word.match(new RegExp(`.{1,${LONGEST_WORD}}`, 'gu')) ?? [])
    .join(' ');
