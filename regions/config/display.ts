import type { Path } from './finding';

const MAX_SHOWN = 60;
const SECRET_KEY = /pass(word|phrase)?$|secret|token|credential|private|api_?key/i;
const SECRET_ARN = /^arn:aws[a-z-]*:secretsmanager:/;
/** Shapes of AWS access keys, PEM blocks, JSON web tokens and well-known vendor tokens. */
const SECRET_VALUE = /(AKIA|ASIA)[A-Z0-9]{16}|-----BEGIN|^eyJ[\w-]+\.|^(sk|hf|ghp|xox[a-z])[-_]\w{8}/;
/** Control and format characters, which could forge lines or reorder them in a terminal. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** The text on one line, with nothing a terminal would act on. */
export const plain = (text: string): string => text.replace(UNPRINTABLE, '?');

/** A value as a message may show it: one line, at most 60 characters, never a secret in full. */
export function shown(value: unknown, path: Path = []): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return shownText(value, path);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null)
    return shorten(`a block of ${Object.keys(value).join(', ') || 'nothing'}`);
  return JSON.stringify(value);
}

/** Whether a name or a value looks like a credential; an ARN of a secret is a reference and none. */
export function looksSecret(name: string, value: string): boolean {
  return !SECRET_ARN.test(value) && (SECRET_KEY.test(name) || SECRET_VALUE.test(value));
}

function shownText(value: string, path: Path): string {
  const hidden = looksSecret(String(path.at(-1) ?? ''), value);
  return hidden ? `a hidden text of ${value.length} characters` : `"${shorten(value)}"`;
}

export function shorten(text: string): string {
  const line = plain(text);
  return line.length <= MAX_SHOWN ? line : `${line.slice(0, MAX_SHOWN - 1)}…`;
}
