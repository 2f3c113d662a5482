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
  format: { type: 'string' },
} as const;

export const VERBS = ['find', 'export', 'hold', 'release', 'reconcile'] as const;

export type Verb = (typeof VERBS)[number];

/** Which options belong to one verb and mean nothing to another. */
const OWN: Readonly<Record<Verb, readonly string[]>> = {
  find: ['json'],
  export: ['out', 'resume'],
  hold: ['matter', 'reason', 'yes'],
  release: ['matter', 'reason', 'yes'],
  reconcile: ['format'],
};

export type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** Whole days are reconciled, whoever called. */
const NOT: Partial<Readonly<Record<Verb, readonly string[]>>> = {
  reconcile: ['call-id', 'person', 'agent', 'number', 'number-key-secret'],
};

/** Options that were given and do not belong, a line each. */
export const strangeOptions = (verb: Verb, values: Values): string[] =>
  Object.entries(values)
    .filter(([name, value]) => isGiven(value) && !takes(verb, name))
    .map(([name]) => `--${name}: got it with ${verb}, allowed ${verbsOf(name)}, change the command`);

const isGiven = (value: Values[string]): boolean =>
  value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);

const takes = (verb: Verb, name: string): boolean =>
  Object.hasOwn(SELECTING, name) ? !NOT[verb]?.includes(name) : OWN[verb].includes(name);

const verbsOf = (name: string): string => VERBS.filter((verb) => takes(verb, name)).join(' or ');
