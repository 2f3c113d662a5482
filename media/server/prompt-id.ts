import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What a caller hears before being recorded, by mode. */
const PROMPTS: Readonly<Record<string, string>> = {
  notice: 'recording-notice',
  'explicit-dtmf': 'consent-dtmf',
  'explicit-voice': 'consent-dtmf',
};

const DEFAULT_LANGUAGE = 'en';

/**
 * `recording-notice.en@1a2b3c4d`: which prompt a mode plays in a language, and the beginning of the SHA-256 of its text, so
 * that the ledger tells years later what the caller was told.
 */
export function promptIdOf(directory: string, mode: string): (language: string) => string | undefined {
  const prompt = PROMPTS[mode];
  const known = new Map<string, string>();
  return (language) => {
    if (prompt === undefined) return undefined;
    const id = known.get(language) ?? `${prompt}.${language}@${version(textOf(directory, language, prompt))}`;
    known.set(language, id);
    return id;
  };
}

const version = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** A language without prompts hears English ones. */
function textOf(directory: string, language: string, prompt: string): string {
  const lines = [language, DEFAULT_LANGUAGE].flatMap((one) => linesIn(path.join(directory, `${one}.txt`)));
  return lines.find((line) => line.startsWith(`${prompt}:`)) ?? '';
}

function linesIn(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
