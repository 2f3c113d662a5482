import { DEFAULT_FAIL_ON, FAIL_ON, type FailOn } from '../../../compliance/audit/verdict';
import { FORMATS, type Format } from '../../../compliance/audit/reporters';
import { JURISDICTIONS } from '../../../regions/catalog';
import { FRAMEWORKS, type Framework } from '../../../regions/config/schema';
import { parse } from '../../args';
import { contradictions, type Chosen } from './contradictions';

const many = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean', default: false } as const;

const OPTIONS = {
  all: flag,
  live: flag,
  template: many,
  framework: many,
  jurisdiction: { type: 'string' },
  region: many,
  parameter: many,
  account: { type: 'string' },
  attestations: { type: 'string' },
  profile: { type: 'string' },
  'role-arn': { type: 'string' },
  format: many,
  out: { type: 'string' },
  baseline: { type: 'string' },
  'diff-out': { type: 'string' },
  'fail-on': many,
  store: flag,
  verbose: flag,
  policy: flag,
  schema: flag,
} as const;

/** What a person asked for, read and found to make sense. */
export interface AuditOptions {
  readonly deployments: readonly string[];
  readonly all: boolean;
  readonly templates: readonly string[];
  readonly live: boolean;
  readonly frameworks: readonly Framework[];
  readonly jurisdiction?: string;
  readonly regions: readonly string[];
  readonly parameters: ReadonlyMap<string, string>;
  readonly account?: string;
  readonly attestations?: string;
  readonly profile?: string;
  readonly roleArn?: string;
  readonly formats: readonly Format[];
  readonly out?: string;
  readonly baseline?: string;
  readonly diffOut?: string;
  readonly failOn: ReadonlySet<FailOn>;
  readonly store: boolean;
  readonly verbose: boolean;
  readonly prints?: 'policy' | 'schema';
}

type Read = { readonly options: AuditOptions } | { readonly problems: readonly string[] };

/** Every mistake at once, a line each. */
export function readOptions(args: readonly string[]): Read {
  const parsed = parse(args, OPTIONS);
  if ('error' in parsed) return { problems: [`${parsed.error}; voicecell audit --help lists the options`] };
  const { values, positionals } = parsed;
  const frameworks = listed(values.framework);
  const formats = listed(values.format);
  const failOn = listed(values['fail-on']);
  const parameters = values.parameter ?? [];
  // A glob that the shell has spelt out gives the option its first file only.
  const named = values.template ? positionals : [];
  const templates = [...(values.template ?? []), ...named];
  const deployments = values.template ? [] : positionals;
  const problems = [
    ...unknown('--framework', frameworks, FRAMEWORKS),
    ...unknown('--format', formats, FORMATS),
    ...unknown('--fail-on', failOn, FAIL_ON),
    ...unknown('--jurisdiction', values.jurisdiction ? [values.jurisdiction] : [], Object.keys(JURISDICTIONS)),
    ...parameters
      .filter((text) => !/^\w+=/.test(text))
      .map((text) => `--parameter: got ${text}, allowed Name=Value, change it`),
    ...(values.account !== undefined && !/^\d{12}$/.test(values.account)
      ? [`--account: got ${values.account}, allowed 12 digits, change it`]
      : []),
    ...contradictions({ ...values, formats, templates, positionals: deployments }),
  ];
  if (problems.length > 0) return { problems };
  return {
    options: {
      deployments,
      all: values.all,
      templates,
      live: values.live,
      frameworks: frameworks as Framework[],
      ...given('jurisdiction', values.jurisdiction),
      regions: listed(values.region),
      parameters: new Map(parameters.map(pair)),
      ...given('account', values.account),
      ...given('attestations', values.attestations),
      ...given('profile', values.profile),
      ...given('roleArn', values['role-arn']),
      formats: formats.length > 0 ? (formats as Format[]) : ['text'],
      ...given('out', values.out),
      ...given('baseline', values.baseline),
      ...given('diffOut', values['diff-out']),
      failOn: failOn.length > 0 ? new Set(failOn as FailOn[]) : DEFAULT_FAIL_ON,
      store: values.store,
      verbose: values.verbose,
      ...given('prints', printed(values)),
    },
  };
}

const printed = ({ policy, schema }: Pick<Chosen, 'policy' | 'schema'>): AuditOptions['prints'] => {
  if (policy) return 'policy';
  return schema ? 'schema' : undefined;
};

const listed = (values: readonly string[] = []): string[] =>
  values.flatMap((value) => value.split(',')).filter((value) => value !== '');

const given = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });

const pair = (text: string): readonly [string, string] => {
  const at = text.indexOf('=');
  return [text.slice(0, at), text.slice(at + 1)];
};

const unknown = (place: string, got: readonly string[], allowed: readonly string[]): string[] =>
  got
    .filter((value) => !allowed.includes(value))
    .map((value) => `${place}: got ${value}, allowed ${allowed.join(', ')}, change it to one of them`);
