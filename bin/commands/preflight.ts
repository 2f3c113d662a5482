import type { FactSource } from '../../preflight/facts/source';
import { policyFor } from '../../preflight/policy';
import { preflight, type Preflight } from '../../preflight/preflight';
import { jsonPreflight } from '../../preflight/report/json';
import { renderPreflight } from '../../preflight/report/text';
import type { RegionPlan } from '../../regions/plan/types';
import { SHA256SUMS } from '../../supply/weights/checksums';
import { parse } from '../args';
import { deploymentNames, readInputs } from '../inputs';
import type { ExitCode, Io } from '../io';
import { refuse } from '../refuse';

export const USAGE = [
  'usage: voicecell preflight <deployment> [--region R] [--json] [--policy]',
  '  <deployment>  a name of regions/deployments/, or the path of a YAML file',
  '  --region      only this region of the deployment',
  '  --json        every verdict, for a program',
  '  --policy      print the read-only IAM policy it needs, and ask nothing',
  'Exit codes: 0 all ok, or made later; 1 something will fail; 2 cannot tell.',
].join('\n');

type Plans = readonly [RegionPlan, ...RegionPlan[]];

interface Asked {
  /** As the user wrote it. */
  readonly named: string;
  readonly plans: Plans;
}

/** What the door opens on; tests give their own. */
export interface PreflightDoor {
  source(plans: Plans): FactSource;
  readonly now: Date;
}

// The SDK is loaded when there is something to ask: a mistake in a file should not wait for it.
const onAws = (): PreflightDoor => ({
  source: (plans) => {
    const { AwsSource } = require('../../preflight/aws/source') as typeof import('../../preflight/aws/source');
    return new AwsSource({ plans, manifestKeys });
  },
  now: new Date(),
});

/** Compares what an account has with what a deployment needs, before it is deployed. Changes nothing. */
export async function run(args: readonly string[], io: Io, door: PreflightDoor = onAws()): Promise<ExitCode> {
  const flag = { type: 'boolean' } as const;
  const parsed = parse(args, { region: { type: 'string' }, json: flag, policy: flag });
  if ('error' in parsed) return refuse(io, [parsed.error, USAGE]);
  const read = plansOf(parsed.positionals, parsed.values.region);
  if ('problems' in read) return refuse(io, read.problems);
  if (parsed.values.policy) {
    io.out(JSON.stringify(policyFor(read.plans), undefined, 2));
    return 0;
  }
  return ask(read, door, parsed.values.json ? jsonPreflight : renderPreflight, io);
}

function plansOf(
  [name, ...rest]: readonly string[],
  wanted: string | undefined,
): Asked | { readonly problems: readonly string[] } {
  if (!name || rest.length > 0) return { problems: [`name one deployment: ${deploymentNames().join(', ')}`, USAGE] };
  const read = readInputs([name]);
  if (!read.ok) return read;
  const { plans } = read.inputs;
  const [first, ...others] = plans.filter(({ region }) => wanted === undefined || region === wanted);
  if (first) return { named: name, plans: [first, ...others] };
  const allowed = plans.map(({ region }) => region).join(', ');
  return { problems: [`--region: got ${wanted}, allowed ${allowed}, change it to one of them`] };
}

async function ask(
  { named, plans }: Asked,
  door: PreflightDoor,
  render: (preflight: Preflight) => string,
  io: Io,
): Promise<ExitCode> {
  const result = await preflight(plans, door.source(plans), { askedAt: door.now, named });
  if ('known' in result) return refuse(io, [`cannot ask AWS: ${result.why}; ${result.remedy}`]);
  io.out(render(result));
  return EXIT_CODES[result.state];
}

const EXIT_CODES = { ok: 0, later: 0, 'cannot tell': 2, 'will fail': 1 } as const;

/** The last object `weights stage` writes of each model: where it is, the model is whole. */
const manifestKeys = ({ cells }: RegionPlan): readonly string[] => [
  ...new Set(cells.flatMap(({ inference }) => inference.map(({ weightsPrefix }) => `${weightsPrefix}${SHA256SUMS}`))),
];
