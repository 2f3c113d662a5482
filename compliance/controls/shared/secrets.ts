import { looksSecret } from '../../../regions/config/display';
import { isKnown } from '../../templates/evaluate';

/** A name that says where a secret is, how long one lives or how many there are, rather than what it is. */
const ABOUT_A_SECRET =
  /(?:^|[_.-])(?:arn|id|name|path|file|dir|directory|url|uri|endpoint|host|port|ttl|seconds|minutes|expiry|version|count|length|type|header|enabled|rotation)s?$|tokens$|tokenizer|private[_-]?(?:subnet|ip|ipv4|dns|host|zone|network|address|cidr|hosted)/i;

/** Switches, places and references to resources: values that no secret has. */
const NO_SECRET =
  /^(?:|[01]|true|false|none|null|yes|no|required|optional|\/[\w./-]*|[a-z0-9]+:\/\/.*|arn:.*|\u{FFFC}[^\u{FFFC}]*\u{FFFC}.*)$/iu;

/** A user and a password in an address. */
const CREDENTIALS_IN_URL = /[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@$]+:[^\s:/@${]{3,}@/i;

/** The pattern takes its time where no address is. */
const hasCredentials = (text: string): boolean =>
  text.includes('://') && text.includes('@') && CREDENTIALS_IN_URL.test(text);

/** Keys of AWS, private keys and tokens of well-known vendors within a longer text. */
const KEY_IN_TEXT =
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|\b(?:hf|ghp|sk|xox[a-z])[-_][A-Za-z0-9]{20}/;

const words = (name: string): string => name.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2');

/** Whether a name says that its value is a secret: `HF_TOKEN`, but neither `TOKEN_URL` nor `MAX_TOKENS`. */
export const namesASecret = (name: string): boolean => !ABOUT_A_SECRET.test(words(name)) && looksSecret(name, '');

/** Whether a setting gives a secret away; undefined where its name says so and its value cannot be known. */
export function givesAway(name: string, value: string): boolean | undefined {
  if (looksSecret('', value) || hasCredentials(value) || KEY_IN_TEXT.test(value)) return true;
  if (!namesASecret(name) || NO_SECRET.test(value)) return false;
  return isKnown(value) ? true : undefined;
}

/** How scripts, command lines and files within them say a setting; the name first, the value last. */
const SETTINGS = [
  // HF_TOKEN=abc, export HF_TOKEN="abc"
  /(?:^|[\s;&|"'])([A-Za-z_][\w.-]*)=["']?([^\s"';&|]+)/gm,
  // "token": "abc", password = 'abc'
  /["']?(?<![A-Za-z_])([A-Za-z_][\w.-]{0,127})["']?\s*[=:]\s*["']([^"'\n]+)["']/g,
  // secret = abc, alone in a line of a file
  /^[ \t]*([A-Za-z_][\w.-]*)[ \t]*[=:][ \t]*([^\s"'()[\]{}]+)[ \t]*$/gm,
  // --token abc
  /(?:^|\s)--?([A-Za-z][\w-]*)[ \t]+["']?([^\s"'-][^\s"']*)/gm,
] as const;

/** Filled in when the script runs. */
const AT_RUN_TIME = /^[$`<%{]|^(?:self|os|process|env|config)\./;

export interface Said {
  readonly name: string;
  readonly answer: boolean | undefined;
}

/** What a script or a command line gives away, by name. */
export function secretsInText(text: string): readonly Said[] {
  const shapes = hasCredentials(text) || KEY_IN_TEXT.test(text) ? [{ name: 'its text', answer: true }] : [];
  const settings = SETTINGS.flatMap((pattern) => [...text.matchAll(pattern)])
    .filter(([, , value = '']) => !AT_RUN_TIME.test(value))
    .map(([, name = '', value = '']) => ({ name, answer: givesAway(name.replaceAll('-', '_'), value) }));
  return [...shapes, ...settings].filter(({ answer }) => answer !== false);
}
