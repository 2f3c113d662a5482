import { DEFAULT_FAIL_ON, FAIL_ON, type FailOn } from '../../../compliance/audit/verdict';
import { FORMATS, type Format } from '../../../compliance/audit/reporters';
import { JURISDICTIONS } from '../../../regions/catalog';
import { FRAMEWORKS, type Framework } from '../../../regions/config/schema';
import { parse } from '../../args';
import { deploymentNames } from '../../inputs';

export const USAGE = [
  'usage: voicecell audit <deployment>... | --all [--live] [--region R]...',
  '       voicecell audit --template FILE|DIR|GLOB|-... --jurisdiction J',
  '       voicecell audit --policy <deployment>... | --schema',
  '  <deployment>    a name of regions/deployments/, or the path of a YAML file',
  '  --live          the account too: settings, drift, tasks, locks of objects;',
  '                  it reads and changes nothing. --profile P, --role-arn A',
  '  --template      anybody’s CloudFormation, JSON or YAML; - reads standard input',
  '  --framework     of templates: hipaa, finra, finra-taping, soc2, pci',
  '                  (default hipaa, finra and soc2)',
  '  --jurisdiction  of templates: where data may lie, such as US or EU',
  '  --region        of templates: where they are deployed; else: only these',
  '  --parameter     of templates: Name=Value, in place of a default',
  '  --account       of templates: 12 digits, of stacks that do not say theirs',
  '  --attestations  of templates: a YAML file of what people attest',
  `  --format        ${FORMATS.join(', ')}; several with --out`,
  '  --out           folder that gets a file for each format',
  '  --baseline      a posture.json: fail on what is worse, and say what changed',
  '  --diff-out      file that gets the changes as Markdown, for a pull request',
  `  --fail-on       ${FAIL_ON.join(', ')} (default unmet,indeterminate)`,
  '  --store         put the report into the posture vault of the home region',
  '  --verbose       what is met, and waivers and attestations in full',
  '  --policy        print the read-only IAM policy that --live needs',
  '  --schema        print the JSON Schema of a posture',
  'Exit codes: 0 clean, 1 findings, 2 could not run.',
].join('\n');

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

interface Chosen {
  readonly all: boolean;
  readonly live: boolean;
  readonly store: boolean;
  readonly schema: boolean;
  readonly policy: boolean;
  readonly out?: string | undefined;
  readonly baseline?: string | undefined;
  readonly 'diff-out'?: string | undefined;
  readonly profile?: string | undefined;
  readonly 'role-arn'?: string | undefined;
  readonly jurisdiction?: string | undefined;
  readonly framework?: readonly string[] | undefined;
  readonly parameter?: readonly string[] | undefined;
  readonly account?: string | undefined;
  readonly attestations?: string | undefined;
  readonly formats: readonly string[];
  readonly templates: readonly string[];
  readonly positionals: readonly string[];
}

/** Each a rule on what goes together. */
function contradictions(chosen: Chosen): string[] {
  const ofDeployment = chosen.all || chosen.positionals.length > 0;
  const ofTemplates = chosen.templates.length > 0;
  const rules: readonly (readonly [boolean, string])[] = [
    [
      !ofDeployment && !ofTemplates && !chosen.schema && !chosen.policy,
      `name a deployment (${deploymentNames().join(', ')}), or --template; voicecell audit --help says more`,
    ],
    [
      ofDeployment && ofTemplates,
      'got deployments and --template, allowed one of them, change the command: audit them one by one',
    ],
    [chosen.all && chosen.positionals.length > 0, 'got --all and names, allowed one of them, change the command'],
    [
      chosen.live && ofTemplates,
      '--live: got --template, allowed a deployment, change the command: templates of strangers name no account',
    ],
    [
      chosen.store && !ofDeployment,
      '--store: got no deployment, allowed with a deployment, whose vault keeps the report',
    ],
    [
      chosen.policy && !ofDeployment,
      '--policy: got no deployment, allowed with a deployment, whose vaults the policy names',
    ],
    [
      chosen.formats.length > 1 && chosen.out === undefined,
      `--format: got ${chosen.formats.join(', ')}, allowed one, or several with --out DIR`,
    ],
    [
      chosen['diff-out'] !== undefined && chosen.baseline === undefined,
      '--diff-out: got no --baseline, allowed with one, change the command',
    ],
    [
      ofDeployment && chosen.jurisdiction !== undefined,
      '--jurisdiction: a deployment’s file says it; allowed with --template',
    ],
    [
      ofDeployment && (chosen.framework ?? []).length > 0,
      '--framework: a deployment’s file says it; allowed with --template',
    ],
    [
      ofDeployment && (chosen.account ?? chosen.attestations) !== undefined,
      '--account and --attestations: a deployment’s file says them; allowed with --template',
    ],
    [
      ofDeployment && (chosen.parameter ?? []).length > 0,
      '--parameter: a deployment has none; allowed with --template',
    ],
    [
      !chosen.live && !chosen.store && (chosen.profile !== undefined || chosen['role-arn'] !== undefined),
      '--profile and --role-arn: allowed with --live or --store, which ask AWS',
    ],
  ];
  return rules.filter(([is]) => is).map(([, line]) => line);
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
