import { diffOf } from '../../../compliance/audit/diff';
import type { Finding, WaiverRow } from '../../../compliance/audit/posture';
import { DEFAULT_FAIL_ON, endingSoon, exitCodeOf, type FailOn } from '../../../compliance/audit/verdict';
import { finding, postureOf, WAIVER } from '../../support/findings';
import { kitPosture } from '../../support/postures';

const EXPIRING: ReadonlySet<FailOn> = new Set(['expiring']);

const waiver = (daysLeft: number, covers = 1): WaiverRow => ({
  ...WAIVER,
  rule: 'AVL-03',
  scope: ['records/**'],
  daysLeft,
  covers,
});

const code = (over: Partial<Finding>, failOn = DEFAULT_FAIL_ON): 0 | 1 =>
  exitCodeOf(postureOf([finding(over)]), failOn);

test.each([
  ['unmet', 1],
  ['indeterminate', 1],
  ['waived', 0],
  ['attested', 0],
  ['met', 0],
  ['notApplicable', 0],
] as const)('what is %s ends an audit with %i', (status, expected) => {
  expect(code({ status })).toBe(expected);
});

test('a warning fails nothing', () => {
  expect(code({ status: 'unmet', severity: 'warning' })).toBe(0);
  expect(code({ status: 'indeterminate', severity: 'warning' })).toBe(0);
});

test('only what is asked for fails', () => {
  expect(code({ status: 'indeterminate' }, new Set(['unmet']))).toBe(0);
  expect(code({ status: 'unmet' }, new Set(['indeterminate']))).toBe(0);
});

test.each([
  [30, 1],
  [31, 0],
  [0, 1],
] as const)('a waiver that ends in %i days fails an audit on what expires with %i', (daysLeft, expected) => {
  const posture = postureOf([], { waivers: [waiver(daysLeft)] });
  expect(exitCodeOf(posture, EXPIRING)).toBe(expected);
  expect(exitCodeOf(posture, DEFAULT_FAIL_ON)).toBe(0);
});

test('a waiver that covers nothing here ends for others', () => {
  expect(exitCodeOf(postureOf([], { waivers: [waiver(3, 0)] }), EXPIRING)).toBe(0);
});

test.each([
  ['2026-12-26', 1],
  ['2026-12-27', 0],
])('an attestation that counts until %s fails an audit on what expires with %i', (attestedUntil, expected) => {
  expect(code({ status: 'attested', attestedUntil }, EXPIRING)).toBe(expected);
});

test('what ends first is named first', () => {
  const attested = finding({ control: 'GOV-06', status: 'attested', attestedUntil: '2026-11-28' });
  const ending = endingSoon(postureOf([attested], { waivers: [waiver(9)] }));
  expect(ending.map(({ what, daysLeft }) => [what, daysLeft])).toEqual([
    ['attestation of GOV-06', 2],
    ['waiver of AVL-03', 9],
  ]);
});

test('with a baseline only what is worse fails', () => {
  const old = postureOf([finding()]);
  const worse = postureOf([finding(), finding({ resource: 'Other' })]);
  const warned = postureOf([finding(), finding({ resource: 'Other', severity: 'warning' })]);
  expect(exitCodeOf(old, DEFAULT_FAIL_ON, diffOf(old, old))).toBe(0);
  expect(exitCodeOf(worse, DEFAULT_FAIL_ON, diffOf(old, worse))).toBe(1);
  expect(exitCodeOf(worse, new Set(['indeterminate']), diffOf(old, worse))).toBe(0);
  expect(exitCodeOf(warned, DEFAULT_FAIL_ON, diffOf(old, warned))).toBe(0);
});

test('attestations of the kit say until when they count: twelve months, a leap day included', () => {
  const attested = kitPosture('healthcare-us').findings.filter(({ status }) => status === 'attested');
  expect(attested.length).toBeGreaterThan(5);
  expect([...new Set(attested.map(({ attestedUntil }) => attestedUntil))]).toEqual(['2027-09-02']);
});
