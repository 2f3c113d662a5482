import { deploymentNames } from '../../inputs';

/** What was given, as far as its parts bear on each other. */
export interface Chosen {
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

/** What does not go together, a line each. */
export function contradictions(chosen: Chosen): string[] {
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
