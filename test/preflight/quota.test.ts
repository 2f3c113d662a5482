import { COUNTED_CHECKS } from '../../preflight/checks/counted-quotas';
import { VCPU_CHECKS } from '../../preflight/checks/vcpu-quotas';
import { classOf } from '../../preflight/checks/vcpus';
import { known } from '../../aws/answer';
import type { Capacity } from '../../preflight/facts/facts';
import { instanceTypesFile } from '../../regions/catalog/files';
import { regionPlan } from '../support/region-plan';
import { facts, silent } from './facts';

const [standard, graphics, parallel] = VCPU_CHECKS;
const [elasticIps] = COUNTED_CHECKS;

const running = (instanceType: string, count: number, more: Partial<Capacity> = {}): Capacity => ({
  instanceType,
  count,
  ours: false,
  ...more,
});

const assessed = (capacity: readonly Capacity[]) =>
  standard?.assess(regionPlan(), facts({ capacity: known(capacity) })) ?? [];

// The plan reaches 112 standard vCPUs, the whole quota: 2 cells of (2 + 2) x 2 and (3 + 3) x 8.
test.each<[why: string, capacity: readonly Capacity[], state: string]>([
  ['nothing else', [], 'ok'],
  ['one small instance of others', [running('t3.micro', 1, { vcpus: 2 })], 'will fail'],
  ['ours, which are part of the plan', [running('c7i.2xlarge', 14, { ours: true })], 'ok'],
  ['more of ours than planned', [running('c7i.2xlarge', 15, { ours: true })], 'will fail'],
  ['GPUs of others, which another quota counts', [running('g6.48xlarge', 2)], 'ok'],
  ['a type with a quota of its own', [running('inf2.xlarge', 2), running('hpc7a.96xlarge', 1)], 'ok'],
])('standard vCPUs beside %s: %s', (_, capacity, state) => {
  expect(assessed(capacity).map((finding) => finding.state)).toEqual([state]);
});

test('the remedy asks for what the plan and the others need together, no more', () => {
  const [finding] = assessed([running('c7i.2xlarge', 2), running('c7i.large', 3, { ours: true })]);
  expect(finding?.found).toBe('quota 112, 16 used by others');
  expect(finding?.remedy).toContain('--quota-code L-1216C47A --region us-east-1 --desired-value 128');
});

test('a new account has no GPU quota at all', () => {
  const quotas = { ...facts().region.quotas, graphics: known(0) };
  expect(graphics?.assess(regionPlan(), facts({ quotas }))).toMatchObject([
    { state: 'will fail', remedy: expect.stringContaining('L-DB2E81BA --region us-east-1 --desired-value 240') },
  ]);
});

test.each([
  [known(32), 'ok'],
  [known(31), 'will fail'],
  [silent, 'cannot tell'],
] as const)('a plan of two H100 and a quota of P vCPUs of %j: %s', (quota, state) => {
  const plan = regionPlan();
  const cells = plan.cells.map(({ inference: [first], ...cell }) => ({
    ...cell,
    inference: first ? [{ ...first, instanceType: 'p5.4xlarge', instances: { min: 1, max: 1 } }] : [],
  }));
  const quotas = { ...facts().region.quotas, parallel: quota };
  expect(parallel?.assess({ ...plan, cells }, facts({ quotas })).map((finding) => finding.state)).toEqual([state]);
});

test.each([
  [{ ours: 8, others: 0 }, 'ok'],
  [{ ours: 9, others: 0 }, 'will fail'],
  [{ ours: 4, others: 1 }, 'will fail'],
])('Elastic IPs %j for a plan of 8 and a quota of 8: %s', (counted, state) => {
  const found = elasticIps?.assess(regionPlan(), facts({ elasticIps: known(counted) }));
  expect(found?.map((finding) => finding.state)).toEqual([state]);
});

test('every family of the catalogue belongs to one of the three quotas', () => {
  const { gpu, media } = instanceTypesFile.families;
  expect(media.filter((family) => classOf(`${family}.large`) !== 'standard')).toEqual([]);
  expect(
    gpu.filter((family) => classOf(`${family}.xlarge`) !== (family.startsWith('p') ? 'parallel' : 'graphics')),
  ).toEqual([]);
});
