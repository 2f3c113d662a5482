import { isIP } from 'node:net';

/** Where a human takes over, by the name that numbers use. */
export interface Queue {
  readonly name: string;
  /** Such as `sip:desk@pbx.example.internal:5060`. */
  readonly uri: string;
  readonly how: 'bridge' | 'refer';
}

export interface NumberEntry {
  readonly number: string;
  readonly function: string;
  readonly language: string;
  readonly queue: string;
}

/** What the container is told, read and judged once. */
export interface Settings {
  readonly sip: {
    readonly address: string;
    readonly port: number;
    readonly edgeCidrs: readonly string[];
    /** Where bridged queues are: they may hang up or hold, never call. */
    readonly queueCidrs: readonly string[];
  };
  readonly rtp: { readonly from: number; readonly to: number };
  readonly httpPort: number;
  readonly managerPort: number;
  readonly doorPort: number;
  readonly agentAudioUrl: string;
  readonly maxCalls: number;
  readonly maxCallSeconds: number;
  readonly spoolDirectory: string;
  /** While it is there, calls are refused as by a full node. */
  readonly noNewCallsFile: string;
  /** While it is there, calls are refused because the node is to go. */
  readonly leavingFile: string;
  readonly consent: { readonly mode: string; readonly onRefusal: string };
  readonly aiDisclosure: string;
  readonly numbers: readonly NumberEntry[];
  readonly queues: readonly Queue[];
}

const MODES = ['none', 'notice', 'beep', 'explicit-dtmf', 'explicit-voice'] as const;
const REFUSALS = ['no-record', 'hangup', 'transfer'] as const;
const DISCLOSURES = ['always', 'outbound', 'never'] as const;

/** Languages with prompts (`prompts/`). */
const LANGUAGES = ['de', 'en', 'es', 'fr'] as const;

/** A word that can stand in a dialplan as it is: nothing that Asterisk reads as syntax. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const SIP_URI = /^sip:[A-Za-z0-9+._-]+@[A-Za-z0-9.-]+(:\d{1,5})?(;transport=(udp|tcp))?$/;

type Env = Readonly<Record<string, string | undefined>>;

/** Every problem of the environment at once, or settings. */
export function readSettings(env: Env): Settings | { problems: string[] } {
  const problems: string[] = [];
  const { text, integer, oneOf, list } = readers(env, problems);
  const settings: Settings = {
    sip: {
      address: text('SIP_ADDRESS', (value) => isIP(value) !== 0, 'an address'),
      port: integer('SIP_PORT'),
      edgeCidrs: text('EDGE_CIDRS', areCidrs, 'CIDRs with commas between').split(','),
      queueCidrs: env['QUEUE_CIDRS'] ? text('QUEUE_CIDRS', areCidrs, 'CIDRs with commas between').split(',') : [],
    },
    rtp: { from: integer('RTP_PORT_MIN'), to: integer('RTP_PORT_MAX') },
    httpPort: integer('HTTP_PORT'),
    managerPort: integer('MANAGER_PORT'),
    doorPort: integer('CONTROL_PORT'),
    agentAudioUrl: text(
      'AGENT_AUDIO_URL',
      (value) => /^ws:\/\/127\.0\.0\.1:\d+\/[\w/-]*$/.test(value),
      'ws://127.0.0.1',
    ),
    maxCalls: integer('MAX_CALLS'),
    maxCallSeconds: integer('MAX_CALL_SECONDS'),
    spoolDirectory: text('SPOOL_DIRECTORY', isPath, 'an absolute path'),
    noNewCallsFile: text('NO_NEW_CALLS_FILE', isPath, 'an absolute path'),
    leavingFile: text('LEAVING_FILE', isPath, 'an absolute path'),
    consent: { mode: oneOf('CONSENT_MODE', MODES), onRefusal: oneOf('CONSENT_ON_REFUSAL', REFUSALS) },
    aiDisclosure: oneOf('AI_DISCLOSURE', DISCLOSURES),
    numbers: list('NUMBERS', numberProblem),
    queues: list('QUEUES', queueProblem),
  };
  return problems.length > 0 ? { problems } : settings;
}

function readers(env: Env, problems: string[]) {
  const text = (name: string, holds: (value: string) => boolean, allowed: string): string => {
    const value = env[name] ?? '';
    if (!holds(value)) problems.push(`${name} is ${JSON.stringify(env[name])}, not ${allowed}`);
    return value;
  };
  return {
    text,
    integer: (name: string): number =>
      Number(text(name, (value) => /^[1-9]\d{0,8}$/.test(value), 'a positive integer')),
    oneOf: (name: string, allowed: readonly string[]): string =>
      text(name, (value) => allowed.includes(value), allowed.join(', ')),
    list: <T>(name: string, problemOf: (entry: T) => string | undefined): T[] => {
      const entries = parse(env[name] ?? '[]') as T[] | undefined;
      if (!entries) problems.push(`${name} is not a JSON array`);
      for (const entry of entries ?? []) {
        const problem = problemOf(entry);
        if (problem) problems.push(`${name}: ${problem} in ${JSON.stringify(entry)}`);
      }
      return entries ?? [];
    },
  };
}

const isPath = (value: string): boolean => /^\/[\w./-]+$/.test(value);

function parse(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const areCidrs = (text: string): boolean => text.split(',').every(isCidr);

function isCidr(text: string): boolean {
  const [address = '', bits, rest] = text.split('/');
  return isIP(address) === 4 && rest === undefined && /^(3[0-2]|[12]?\d)$/.test(bits ?? '');
}

function numberProblem(entry: NumberEntry): string | undefined {
  if (!/^\+[1-9]\d{1,14}$/.test(entry.number)) return 'number is not E.164';
  if (!NAME.test(entry.function)) return 'function is not a plain name';
  if (!NAME.test(entry.queue)) return 'queue is not a plain name';
  const [language] = entry.language.split('-');
  return LANGUAGES.some((one) => one === language)
    ? undefined
    : `no prompts in this language, but in ${LANGUAGES.join(', ')},`;
}

function queueProblem(entry: Queue): string | undefined {
  if (!NAME.test(entry.name)) return 'name is not a plain name';
  if (!SIP_URI.test(entry.uri)) return 'uri is not a plain sip: URI';
  return entry.how === 'bridge' || entry.how === 'refer' ? undefined : 'how is neither bridge nor refer';
}
