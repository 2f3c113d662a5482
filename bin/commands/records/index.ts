import { createInterface } from 'node:readline/promises';
import { parse } from '../../args';
import { choosePlans } from '../../chosen-regions';
import { deploymentNames } from '../../inputs';
import type { ExitCode, Io } from '../../io';
import { refuse } from '../../refuse';
import type { RecordsDoor } from './door';
import { OPTIONS, strangeOptions, VERBS, type Verb } from './options';
import type { Request } from './request';
import { askedOf } from './selection';

export const USAGE = [
  'usage: voicecell records find <deployment> <calls> [--json]',
  '       voicecell records export <deployment> <calls> --out DIR [--resume]',
  '       voicecell records hold <deployment> <calls> --matter ID --reason TEXT',
  '       voicecell records release <deployment> <calls> --matter ID --reason TEXT',
  '       voicecell records reconcile <deployment> [<days>] [--format text|json]',
  'calls:',
  '  --call-id ID         these; may be repeated',
  '  --person ID, --agent ID, --number +12025550123',
  '  --date DAY, or --from DAY --to DAY: UTC days such as 2026-11-22; of these',
  '                       reconcile takes days only, by default yesterday',
  'as whom:',
  '  the records officer of each region; it takes the role unless you have it',
  '  --serial-number ARN  MFA device of an IAM user; asks for the code',
  '  --role-arn ARN       another role, in one region',
  'more:',
  '  --region R           only this region of the deployment; may be repeated',
  '  --number-key-secret  name or ARN of the secret with the key of number hashes',
  '  --out DIR            empty, or with --resume of an export that was cut off',
  '  --yes                ask nothing before a hold is placed or released; needed',
  '                       where there is no terminal',
  'Exit codes: 0 all as it should be; 1 findings; 2 could not run.',
].join('\n');

/** Nobody is asked for a code or a confirmation who is not there. */
const onAws = (): RecordsDoor => ({
  client: {},
  now: () => new Date(),
  ...(process.stdin.isTTY && process.stderr.isTTY ? { ask: askPerson } : {}),
});

async function askPerson(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await lines.question(question)).trim();
  } finally {
    lines.close();
  }
}

/** Produces records: finds calls, exports them, holds them, and compares ledger, vaults and copies. */
export async function run(args: readonly string[], io: Io, door: RecordsDoor = onAws()): Promise<ExitCode> {
  const parsed = parse(args, OPTIONS);
  if ('error' in parsed) return refuse(io, [parsed.error]);
  const [named, name, ...rest] = parsed.positionals;
  const verb = VERBS.find((one) => one === named);
  if (!verb || !name || rest.length > 0) return refuse(io, [misplaced(named, name, rest)]);
  const request = requestOf(verb, name, withDay(verb, parsed.values, door.now()));
  if ('problems' in request) return refuse(io, request.problems);
  return LOAD[verb]()(request, io, door);
}

/** The first word that is missing or does not belong. */
function misplaced(verb: string | undefined, name: string | undefined, rest: readonly string[]): string {
  if (!VERBS.some((one) => one === verb))
    return `records: got ${verb ?? 'nothing to do'}, allowed ${VERBS.join(', ')}, ${verb ? 'change' : 'add'} it`;
  const more = rest.join(' ');
  return name
    ? `records ${verb}: got ${more} behind the deployment, allowed options only, take it away or name it by --call-id`
    : `records ${verb}: got no deployment, allowed ${deploymentNames().join(', ')} or the path of a .yaml file, add it`;
}

type Act = (request: Request, io: Io, door: RecordsDoor) => Promise<ExitCode>;

// The SDK is loaded when there is something to ask: a mistake in an option should not wait for it.
const LOAD: Readonly<Record<Verb, () => Act>> = {
  find: () => (require('./find') as typeof import('./find')).find,
  export: () => (require('./export') as typeof import('./export')).exportRecords,
  hold: () => (require('./hold') as typeof import('./hold')).hold,
  release: () => (require('./hold') as typeof import('./hold')).release,
  reconcile: () => (require('./reconcile') as typeof import('./reconcile')).reconcile,
};

type Given = Request['values'];

const DAY_MS = 86_400_000;

/** What has no day is compared as soon as it is over. */
function withDay(verb: Verb, values: Given, now: Date): Given {
  if (verb !== 'reconcile' || (values.date ?? values.from ?? values.to) !== undefined) return values;
  return { ...values, date: new Date(now.getTime() - DAY_MS).toISOString().slice(0, 10) };
}

function requestOf(verb: Verb, name: string, values: Given): Request | { readonly problems: readonly string[] } {
  const chosen = choosePlans(name, values.region);
  const asked = askedOf(values);
  const problems = [
    ...(chosen.ok ? roleProblems(values['role-arn'], chosen.plans.length) : chosen.problems),
    ...strangeOptions(verb, values),
    ...('problems' in asked ? asked.problems : []),
  ];
  if (problems.length > 0 || !chosen.ok || 'problems' in asked) return { problems };
  return { plans: chosen.plans, asked, values };
}

const ROLE_ARN = /^arn:[^:]+:iam::\d{12}:role\/\S+$/;

function roleProblems(arn: string | undefined, regions: number): string[] {
  if (arn === undefined) return [];
  if (!ROLE_ARN.test(arn)) return [`--role-arn: got ${arn}, allowed the ARN of a role, change it`];
  return regions === 1 ? [] : [`--role-arn: got ${regions} regions, allowed one, add --region`];
}
