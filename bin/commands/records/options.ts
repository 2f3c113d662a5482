/** What every verb takes: which calls, where, and as whom. */
export const SELECTING = {
  'call-id': { type: 'string', multiple: true, default: [] as string[] },
  person: { type: 'string' },
  agent: { type: 'string' },
  number: { type: 'string' },
  'number-key-secret': { type: 'string' },
  date: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  region: { type: 'string', multiple: true, default: [] as string[] },
  'role-arn': { type: 'string' },
  'serial-number': { type: 'string' },
} as const;

export const OPTIONS = {
  ...SELECTING,
  json: { type: 'boolean', default: false },
  out: { type: 'string' },
  resume: { type: 'boolean', default: false },
  matter: { type: 'string' },
  reason: { type: 'string' },
  yes: { type: 'boolean', default: false },
} as const;

export const VERBS = ['find', 'export', 'hold', 'release'] as const;

export type Verb = (typeof VERBS)[number];

/** Which options belong to one verb and mean nothing to another. */
const OWN: Readonly<Record<Verb, readonly string[]>> = {
  find: ['json'],
  export: ['out', 'resume'],
  hold: ['matter', 'reason', 'yes'],
  release: ['matter', 'reason', 'yes'],
};

export type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** Options that were given and do not belong, a line each. */
export const strangeOptions = (verb: Verb, values: Values): string[] =>
  Object.entries(values)
    .filter(([name, value]) => value !== undefined && value !== false && !isCommon(name) && !OWN[verb].includes(name))
    .map(([name]) => `--${name}: got it with ${verb}, allowed ${verbsOf(name)}, change the command`);

const isCommon = (name: string): boolean => Object.hasOwn(SELECTING, name);

const verbsOf = (name: string): string => VERBS.filter((verb) => OWN[verb].includes(name)).join(' or ');
