import { DEEPEST, ofFile, Refused, repeated, tooDeep } from './fault';
import type { Lines, Parsed } from './parse';

/** Reads JSON that may be anything. @throws {Refused} */
export function parseJson(text: string): Parsed {
  const { lines, keys } = scanned(text);
  const value = valueIn(text);
  // JSON.parse keeps the last of keys that are alike: there are fewer than were written.
  if (value === undefined || keysIn(value) !== keys) scanned(text, true);
  if (value === undefined) throw new Refused(ofFile('no JSON', 'JSON or YAML', 'what its editor marks in it'));
  return { value, lines };
}

function valueIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** How many there are, however deep. */
function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) for (const item of value) count += keysIn(item);
  else for (const key of Object.keys(value)) count += 1 + keysIn(value[key as keyof typeof value]);
  return count;
}

interface Block {
  readonly keys: Set<string>;
  /** Key whose value is being read; the keys of a list are none. */
  key: string;
}

interface Scanned {
  /** Where the keys of the sections stand. */
  readonly lines: Lines;
  readonly keys: number;
}

/**
 * JSON.parse says nothing of places, repeated keys and depth.
 * @param isCareful whether a repeated key is looked for in every block, which takes time
 */
function scanned(text: string, isCareful = false): Scanned {
  const lines = new Map<string, Map<string, number>>();
  const open: Block[] = [];
  let keys = 0;
  for (let at = 0, line = 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) line += 1;
    else if (code === OPEN_BLOCK || code === OPEN_LIST) {
      if (open.length >= DEEPEST) throw new Refused(tooDeep(line));
      open.push(isCareful || open.length < NOTED ? { keys: new Set(), key: '' } : DEEPER);
    } else if (code === CLOSE_BLOCK || code === CLOSE_LIST) open.pop();
    else if (code === QUOTE) {
      const end = closing(text, at);
      if (isKey(text, end + 1)) {
        keys += 1;
        if (isCareful || open.length <= NOTED) note(lines, open, keyIn(text, at, end), line);
      }
      at = end;
    }
  }
  return { lines, keys };
}

/** Sections and what is in them. */
const NOTED = 2;

const DEEPER: Block = { keys: new Set(), key: '' };

function note(lines: Map<string, Map<string, number>>, open: readonly Block[], key: string, line: number): void {
  const block = open.at(-1);
  if (!block) return;
  if (block.keys.has(key)) throw new Refused(repeated(line, key));
  block.keys.add(key);
  block.key = key;
  const [top] = open;
  if (!top || open.length !== 2) return;
  const section = lines.get(top.key) ?? new Map<string, number>();
  lines.set(top.key, section.set(key, line));
}

/** A quote that an odd number of backslashes stands before is none. */
function closing(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((at - before) % 2 === 1) return at;
  }
  return text.length;
}

function keyIn(text: string, start: number, end: number): string {
  const raw = text.slice(start, end + 1);
  if (!raw.includes('\\')) return raw.slice(1, -1);
  try {
    return JSON.parse(raw) as string;
  } catch {
    return raw;
  }
}

function isKey(text: string, from: number): boolean {
  let at = from;
  while (text.charCodeAt(at) <= SPACE) at += 1;
  return text[at] === ':';
}

const [NEWLINE, SPACE, QUOTE, BACKSLASH] = [10, 32, 34, 92];

const [OPEN_LIST, CLOSE_LIST, OPEN_BLOCK, CLOSE_BLOCK] = [91, 93, 123, 125];
