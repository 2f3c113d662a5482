import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../bin/commands/synth';
import { deploymentNames, readInputs } from '../bin/inputs';
import { hopsOf } from '../compliance/colocation/assess';
import type { RegionPlan } from '../regions/plan/types';
import { evidenceOf, templatesOf } from './support/assembly';
import { ran, type Ran } from './support/command';

/** Everything that ships, synthesised once, with the CDK's built-in validator and all packs on. */
const outdir = mkdtempSync(path.join(tmpdir(), 'voicecell-'));
let result: Ran;
let plans: readonly RegionPlan[];

beforeAll(async () => {
  result = await ran(run, '--all', '--out', outdir);
  const read = readInputs(deploymentNames());
  plans = read.ok ? read.inputs.plans : [];
}, 180_000);

afterAll(() => {
  rmSync(outdir, { recursive: true });
});

const stages = (): string[] => plans.map((plan) => `${plan.deployment}/${plan.region}`);

test('all shipped deployments synthesise and pass every check', () => {
  expect(result.err).toBe('');
  expect(result.code).toBe(0);
  expect(evidenceOf(outdir).findings).toEqual([]);
});

test('nothing uses the default security group of the VPC', () => {
  const texts = evidenceOf(outdir).stacks.map((stack) => JSON.stringify(stack.template));
  expect(texts.filter((text) => text.includes('DefaultSecurityGroup'))).toEqual([]);
});

test('the summary names every region, its stacks, its checks and the next command', () => {
  for (const stage of stages())
    expect(result.out).toMatch(
      new RegExp(`^${stage}  [^]+? stacks, \\d+ resources: [^]+?checks: [1-9]\\d* met, \\d+ waived, 0 findings`, 'm'),
    );
  expect(result.out).toMatch(/checks met [1-9]\d*, waived \d+, warnings 0, findings 0/);
  expect(result.out).toContain(outdir);
  expect(result.out).toContain('next: ');
});

test('every waived finding is in the validation report with its qualified id, owner and expiry', () => {
  const { waived } = evidenceOf(outdir);
  expect(waived.length).toBeGreaterThan(0);
  for (const { id, reason } of waived) {
    expect(id).toMatch(/^(AwsSolutions|HIPAA\.Security|Voicecell(Hipaa|Finra|Soc2|Always))::/);
    expect(reason).toMatch(/owner=\S+ expires=\d{4}-\d{2}-\d{2}\)$/);
  }
});

test('every waiver of the ledger is needed by something that ships', () => {
  expect(result.out).not.toContain('covers nothing that is still found');
});

test('every stack path reads <deployment>/<region>/<stack>', () => {
  const names = new Set(evidenceOf(outdir).stacks.map((stack) => stack.path.split('/').slice(2).join('/')));
  expect([...names].filter((name) => !name.startsWith('cell-')).toSorted()).toEqual([
    'copies',
    'guard',
    'network',
    'records',
    'watch',
  ]);
});

test('every hop of the hot path, resolved from the templates, lies in the one AZ id of its cell', () => {
  const evidence = evidenceOf(outdir);
  for (const plan of plans) {
    const hops = hopsOf(templatesOf(evidence, `${plan.deployment}/${plan.region}`));
    expect(hops).toHaveLength(plan.cells.length * 4);
    for (const hop of hops) expect(hop).toMatchObject({ fromAzIds: [hop.cell], toAzIds: [hop.cell] });
  }
});

test('copies lie in the partner region and every other stack in its own', () => {
  const evidence = evidenceOf(outdir);
  for (const plan of plans)
    for (const stack of evidence.stacks.filter((one) => one.path.startsWith(`${plan.deployment}/${plan.region}/`)))
      expect(stack.region).toBe(stack.path.endsWith('/copies') ? plan.copies.region : plan.region);
});
