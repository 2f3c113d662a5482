import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compose } from '../bin/compose';
import { deploymentNames, readInputs } from '../bin/inputs';
import { evidenceOf } from './support/assembly';

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

const lint = (region: string, files: readonly string[]): Match[] => {
  const child = spawnSync('cfn-lint', ['--format', 'json', '--regions', region, '--template', ...files], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(child.stdout) as Match[];
};

withLinter(
  'every template passes cfn-lint for its region (install cfn-lint 1.51 to run this test)',
  () => {
    const read = readInputs(deploymentNames());
    expect(read.ok).toBe(true);
    compose(read.ok ? read.inputs : { plans: [], waivers: [] }, {
      outdir,
      builtinCloudFormationValidation: false,
    }).app.synth();
    const { stacks } = evidenceOf(outdir);
    const regions = [...new Set(stacks.map((stack) => stack.region))];
    const matches = regions.flatMap((region) =>
      lint(
        region,
        stacks.filter((stack) => stack.region === region).map((stack) => stack.templateFile),
      ),
    );
    const real = matches.filter(
      ({ Rule, Message }) => !KNOWN_FALSE.some(({ rule, message }) => rule === Rule.Id && message.test(Message)),
    );
    expect(
      real.map(
        ({ Rule, Message, Filename, Location }) =>
          `${path.basename(Filename)} ${Location.Path.join('/')} ${Rule.Id} ${Message}`,
      ),
    ).toEqual([]);
    expect(matches.length).toBeGreaterThan(0);
  },
  240_000,
);
