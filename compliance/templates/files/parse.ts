import { ofFile, Refused, type Fault } from './fault';
import { parseJson } from './json';
import { parseYaml } from './yaml';

/** Line of each key of each section: `Resources` → `Vault` → 12. */
export type Lines = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface Parsed {
  readonly value: unknown;
  readonly lines: Lines;
}

/** A template's text as plain JSON, short forms written out; it may hold anything, at a depth that can be walked. */
export function parse(text: string): Parsed | readonly Fault[] {
  try {
    if (FORGED.test(text))
      throw new Refused(ofFile('the character U+FFFC', 'text without it', 'the text that holds it'));
    return /^\s*[{[]/.test(text) ? jsonOr(text) : parseYaml(text);
  } catch (error) {
    if (error instanceof Refused) return error.faults;
    throw error;
  }
}

export const isParsed = (parsed: Parsed | readonly Fault[]): parsed is Parsed => 'lines' in parsed;

/** Blocks in braces are YAML too, and may hold short forms and comments. */
function jsonOr(text: string): Parsed {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof Refused && error.message === 'no JSON' && !isPlainJson(text)) return parseYaml(text);
    throw error;
  }
}

/** Quoted keys and no short form: a slip in JSON is better told as such. */
const isPlainJson = (text: string): boolean => /^\s*\{\s*"/.test(text) && !/:\s*!|\s#/.test(text);

/** It opens what stands for a resource once a template is evaluated; a template that writes it would forge one. */
const FORGED = /\u{FFFC}|\\[uU](?:0000)?[fF]{3}[cC]/u;
