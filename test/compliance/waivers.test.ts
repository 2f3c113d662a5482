import { stringify } from 'yaml';
import { ledgerProblems } from '../../compliance/nag/ledger';
import { auditTrail, readWaivers, waiverFor, type Waiver } from '../../compliance/nag/waivers';
import { yamlFile } from '../support/config';

const waiver = (overrides: Partial<Waiver> = {}): Waiver => ({
  rule: 'AwsSolutions::AwsSolutions-S1',
  scope: ['records/LogBucket/Resource'],
  reason: 'the log bucket is itself the target of access logs',
  owner: 'platform',
  expires: '2027-05-31',
  ...overrides,
});

const finding = (overrides = {}) => ({
  plugin: 'AwsSolutions',
  rule: 'AwsSolutions-S1',
  place: 'records/LogBucket/Resource',
  ...overrides,
});

test('a waiver covers its rule at its place', () => {
  expect(waiverFor([waiver()], finding())).toBeDefined();
});

test.each([
  ['another rule', { rule: 'AwsSolutions-S2' }],
  ['the same rule of another pack', { plugin: 'HIPAA.Security' }],
  ['another construct', { place: 'records/VaultBucket/Resource' }],
  ['a granular finding it does not list', { rule: 'AwsSolutions-S1[Resource::*]' }],
])('a waiver does not cover %s', (_, different) => {
  expect(waiverFor([waiver()], finding(different))).toBeUndefined();
});

const at = (scope: string) => waiverFor([waiver({ scope: [scope] })], finding());

test('a star in a scope stays on its level and two stars cross levels', () => {
  expect(at('records/*/Resource')).toBeDefined();
  expect(at('records/*')).toBeUndefined();
  expect(at('records/**')).toBeDefined();
});

test('a literal star in a finding is escaped, so that waiving Resource::* waives nothing else', () => {
  const iam = waiver({ rule: 'AwsSolutions::AwsSolutions-IAM5', findings: [String.raw`Resource::\*`], scope: ['**'] });
  expect(waiverFor([iam], finding({ rule: 'AwsSolutions-IAM5[Resource::*]' }))).toBeDefined();
  expect(waiverFor([iam], finding({ rule: 'AwsSolutions-IAM5[Resource::<Vault.Arn>]' }))).toBeUndefined();
});

test('the audit trail names the owner and the expiry', () => {
  expect(auditTrail(waiver())).toContain('owner=platform expires=2027-05-31');
});

test('a waiver holds through its last day and has expired on the next', () => {
  expect(ledgerProblems([waiver()], { today: '2027-05-31' })).toEqual([]);
  expect(ledgerProblems([waiver()], { today: '2027-06-01' })).toEqual([
    { waiver: waiver(), problem: 'expired on 2027-05-31; ask platform, or mend the finding' },
  ]);
});

describe('a waiver is a finding itself when it', () => {
  const today = '2026-11-26';
  const problemsOf = (overrides: Partial<Waiver>): readonly string[] =>
    ledgerProblems([waiver(overrides)], { today }).map(({ problem }) => problem);

  test.each([
    ['names no control', { rule: 'XYZ-99' }, 'names a control that the catalogue does not have'],
    ['waives what nobody may', { rule: 'REC-01' }, 'cannot stand'],
    ['waives what only an audit judges', { rule: 'CELL-03' }, 'only an audit judges that'],
    ['waives that in one pack', { rule: 'VoicecellFinra::VoicecellFinra-REC-01' }, 'cannot stand'],
    ['covers every construct', { scope: ['**'] }, 'is too wide'],
    ['covers every finding of a rule', { findings: ['**'] }, 'is too wide'],
  ])('%s', (_, overrides, words) => {
    expect(problemsOf(overrides)).toEqual([expect.stringContaining(words)]);
  });

  test('covers nothing that is still found, once all is known', () => {
    const [used, unused] = [waiver(), waiver()];
    expect(ledgerProblems([used, unused], { today, used: new Set([used]) }).map((one) => one.waiver)).toEqual([unused]);
    expect(ledgerProblems([used, unused], { today })).toEqual([]);
  });
});

test('a waiver of a control covers it in every pack that asks for it, and no other control', () => {
  const ours = waiver({ rule: 'AVL-03' });
  const found = (plugin: string, id: string) => finding({ plugin, rule: `${plugin}-${id}` });
  expect(waiverFor([ours], found('VoicecellHipaa', 'AVL-03'))).toBeDefined();
  expect(waiverFor([ours], found('VoicecellSoc2', 'AVL-03'))).toBeDefined();
  expect(waiverFor([ours], found('VoicecellSoc2', 'AVL-02'))).toBeUndefined();
  expect(waiverFor([ours], found('AwsSolutions', 'AVL-03'))).toBeUndefined();
});

test('the shipped ledger can be read, and a broken one is told line by line', () => {
  expect(readWaivers()).toMatchObject({ ok: true });
  const entry = { rule: 'AwsSolutions-S1', scope: [], reason: 'because', owner: 'the platform team', expires: 'soon' };
  const broken = readWaivers(yamlFile(stringify({ waivers: [entry] })));
  expect(broken).toMatchObject({ ok: false });
  const problems = broken.ok ? [] : broken.problems;
  for (const key of ['rule', 'scope', 'reason', 'owner', 'expires'])
    expect(problems).toContainEqual(
      expect.stringMatching(new RegExp(`demo\\.yaml:\\d+:\\d+ waivers\\.0\\.${key}: got .*, allowed .*, change `)),
    );
});
