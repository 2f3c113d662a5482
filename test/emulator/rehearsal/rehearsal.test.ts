import { readFileSync } from 'node:fs';
import path from 'node:path';
import { check, judge } from '../assertions/check';
import { unchangedChecks } from './again';
import { ACCOUNT, lockOf, rehearsalOf } from './copy';
import { renderEnding } from './ending';
import { madeUpImage } from './image';
import type { Snapshot } from './snapshot';
import { unnoticed } from './spoil';
import { Verdict } from './verdict';

describe('the verdict', () => {
  test('counts what does not hold and prints both sides', async () => {
    const lines: string[] = [];
    const verdict = new Verdict((line) => lines.push(line));
    verdict.add('records', await judge([check('lock', 'COMPLIANCE', async () => 'GOVERNANCE')]));
    expect(verdict.counts).toEqual({ made: 1, failed: 1 });
    expect(lines.join('\n')).toMatch(/NOT SO {2}lock\n.*expected COMPLIANCE\n.*found +GOVERNANCE/);
  });

  test('does not take an empty part for one that holds', () => {
    expect(() => new Verdict(() => {}).add('records', [])).toThrow('nothing is asserted of records');
  });
});

describe('the copy that is rehearsed', () => {
  const kit = (file: string): string => readFileSync(path.join(__dirname, '..', '..', '..', 'regions', file), 'utf8');

  test('has an account of its own everywhere, and keeps the comments', () => {
    const copy = rehearsalOf(kit('deployments/sandbox.yaml'));
    expect(copy).not.toContain('111122223333');
    expect(copy).toContain(`account: '${ACCOUNT}'`);
    expect(copy).toContain('# quoted, because account ids may start with 0');
  });

  test('locks every image at the digest of a manifest that a registry can be given', () => {
    const lock = lockOf(kit('lock.yaml'), (reference) => reference);
    expect(lock).not.toContain('digest: null');
    expect(lock).toContain(madeUpImage('vllm/vllm-openai:v0.24.0-cu129').digest);
  });
});

const snapshot = (updated?: string): Snapshot => ({
  stacks: { records: { status: 'CREATE_COMPLETE', updated, resources: { Key: 'AWS::KMS::Key 1' } } },
  found: { lock: 'COMPLIANCE' },
});

describe('a second deployment', () => {
  const holds = async (before: Snapshot, after: Snapshot) =>
    (await judge(unchangedChecks({ before, after }))).every((one) => one.holds);

  test('holds when nothing moved', async () => {
    await expect(holds(snapshot(), snapshot())).resolves.toBe(true);
  });

  test.each([
    ['a stack was updated', snapshot('2026-11-23T00:00:00.000Z')],
    ['an answer changed', { ...snapshot(), found: { lock: 'GOVERNANCE' } }],
    ['a stack is gone', { ...snapshot(), stacks: {} }],
  ])('does not hold when %s', async (_, after) => {
    await expect(holds(snapshot(), after)).resolves.toBe(false);
  });
});

test('a spoiled setting that no assertion notices is named', () => {
  const spoil = async () => undefined;
  const noticed = { what: 'lock', expected: 1, found: 2, holds: false };
  const missed = { what: 'route', expected: 1, found: 1, holds: true };
  const done = [
    { assertion: 'lock', spoil },
    { assertion: 'route', spoil },
  ];
  expect(unnoticed(done, [noticed, missed])).toEqual(['route']);
});

test('the ending names what was left out and what was copied, and concludes', () => {
  const limit = { type: 'AWS::ECS::Service', what: 'PropagateTags', why: 'moto keeps no tags of tasks', times: 5 };
  const text = renderEnding({ notModelled: [limit], copied: [] }, { made: 3, failed: 1, seconds: 12.3, lapSeconds: 8 });
  expect(text).toContain('AWS::ECS::Service PropagateTags (5): moto keeps no tags of tasks');
  expect(text).toMatch(/copied: .*\n {2}nothing/);
  expect(text).toContain('1 of 3 assertions do not hold\n');
  expect(text).toContain('assertions 8 s, all of it 12 s');
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
});
