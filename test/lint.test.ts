import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { App } from 'aws-cdk-lib';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { deploymentNames, readInputs } from '../bin/inputs';
import { featureFlags } from '../lib/feature-flags';
import { VoiceRegion } from '../lib/voice-region';

/**
 * Findings of cfn-lint 1.51 that are known to be false, with the reason. Its resource schemas are of May 2026 and older
 * than those that aws-cdk-lib 2.276 is generated from.
 */
const KNOWN_FALSE: readonly { readonly rule: string; readonly message: RegExp; readonly reason: string }[] = [
  {
    rule: 'E3002',
    message: /'Tags' was unexpected/,
    reason: 'Dashboard and ScalableTarget take tags since 2026; CfnDashboard and CfnScalableTarget have the property',
  },
  {
    rule: 'E3016',
    message: /AutoScalingInstanceRefresh/,
    reason: 'an update policy since July 2026 (aws-cdk-lib 2.263, CfnAutoScalingInstanceRefresh)',
  },
  {
    rule: 'E3002',
    message: /'DefaultEventHold' was unexpected/,
    reason: 'event holds are a property of buckets since September 2026 (aws-cdk-lib 2.272, CfnBucket)',
  },
];

interface Match {
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Filename: string;
  readonly Location: { readonly Path: readonly (string | number)[] };
}

const found = spawnSync('cfn-lint', ['--version']).status === 0;
const withLinter = found || process.env['CI'] === 'true' ? test : test.skip;

const outdir = mkdtempSync(path.join(tmpdir(), 'voicecell-'));
afterAll(() => {
  rmSync(outdir, { recursive: true });
});

/** Everything that ships; what the kit itself checks is checked elsewhere. */
function synthesised(): readonly CloudFormationStackArtifact[] {
  const read = readInputs(deploymentNames());
  expect(read.ok).toBe(true);
  const app = new App({ outdir, builtinCloudFormationValidation: false, context: featureFlags });
  for (const plan of read.ok ? read.inputs.plans : []) new VoiceRegion(app, plan.names.prefix, { plan });
  return app.synth().stacksRecursively;
}

/** A template without the name of its cell and the hashes made of it, which are all that tells cells of a region apart. */
const apartFromItsCell = (text: string): string =>
  text.replaceAll(/[a-z]+\d-az\d|[A-Z][a-z]+\dAz\d/g, 'cell').replaceAll(/(?:[0-9A-F]{8})+/g, 'hash');

/** One file for each template, by region; a second cell has nothing that the linter has not seen. */
function filesByRegion(): Map<string, string[]> {
  const files = new Map<string, Map<string, string>>();
  for (const { environment, templateFullPath: file } of synthesised()) {
    const { region } = environment;
    const known = files.get(region) ?? new Map<string, string>();
    const text = apartFromItsCell(readFileSync(file, 'utf8'));
    if (!known.has(text)) known.set(text, file);
    files.set(region, known);
  }
  return new Map([...files].map(([region, known]) => [region, [...known.values()]]));
}

/** What it finds, it prints; a code other than 0 is left to what stops it. */
async function lint(region: string, files: readonly string[]): Promise<Match[]> {
  const command = ['--format', 'json', '--non-zero-exit-code', 'none', '--regions', region, '--template', ...files];
  const { stdout } = await promisify(execFile)('cfn-lint', command, { maxBuffer: 2 ** 28 });
  return JSON.parse(stdout) as Match[];
}

withLinter(
  'every template passes cfn-lint for its region (install cfn-lint 1.51 to run this test)',
  async () => {
    const matches = await Promise.all([...filesByRegion()].map(([region, files]) => lint(region, files)));
    const real = matches
      .flat()
      .filter(
        ({ Rule, Message }) => !KNOWN_FALSE.some(({ rule, message }) => rule === Rule.Id && message.test(Message)),
      );
    expect(
      real.map(
        ({ Rule, Message, Filename, Location }) =>
          `${path.basename(Filename)} ${Location.Path.join('/')} ${Rule.Id} ${Message}`,
      ),
    ).toEqual([]);
    for (const found of matches) expect(found.length).toBeGreaterThan(0);
  },
  240_000,
);
