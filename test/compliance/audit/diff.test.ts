import * as fc from 'fast-check';
import { diffOf, isWorse, type Change, type PostureDiff } from '../../../compliance/audit/diff';
import { STATUSES, type Finding } from '../../../compliance/audit/posture';
import { COMMENT_MARK, diffMarkdown, diffText } from '../../../compliance/audit/reporters/diff';
import { asked, finding, postureOf, WAIVER } from '../../support/findings';

const compared = (before: readonly Finding[], after: readonly Finding[]): PostureDiff =>
  diffOf(postureOf(before), postureOf(after));

const anyFinding = fc
  .record({
    control: fc.constantFrom('REC-02', 'AUD-08'),
    status: fc.constantFrom(...STATUSES),
    resource: fc.constantFrom('Vault', 'Log', undefined),
    region: fc.constantFrom('us-east-1', 'eu-west-1'),
    message: fc.string(),
  })
  .map((over) => finding(over as Partial<Finding>));

const anyPosture = fc.array(anyFinding, { maxLength: 12 }).map((findings) => postureOf(findings));

const mirrored = ({ before, after }: Change): Change => ({
  ...(after ? { before: after } : {}),
  ...(before ? { after: before } : {}),
});

const statuses = (changes: readonly Change[]): unknown[] =>
  changes.map(({ before, after }) => [before?.status, after?.status]);

test('nothing has changed between a posture and itself', () => {
  fc.assert(
    fc.property(anyPosture, (posture) => {
      const { worse, better, changed, added, removed, same } = diffOf(posture, posture);
      expect([worse, better, changed, added, removed]).toEqual([[], [], [], [], []]);
      expect(same > 0).toBe(posture.findings.length > 0);
    }),
  );
});

test('a comparison is the other way round what it is this way', () => {
  fc.assert(
    fc.property(anyPosture, anyPosture, (a, b) => {
      const forth = diffOf(a, b);
      const back = diffOf(b, a);
      expect(back).toEqual({
        before: forth.after,
        after: forth.before,
        worse: forth.better.map(mirrored),
        better: forth.worse.map(mirrored),
        changed: forth.changed.map(mirrored),
        added: forth.removed.map(mirrored),
        removed: forth.added.map(mirrored),
        same: forth.same,
      });
    }),
  );
});

test('a second violation beside one that was there already is worse, and one of two that is gone is better', () => {
  const one = finding({ control: 'NET-02', status: 'unmet', message: 'port 22 is open; close it' });
  const two = finding({ control: 'NET-02', status: 'unmet', message: 'port 3389 is open; close it' });
  expect(statuses(compared([one], [one, two]).worse)).toEqual([[undefined, 'unmet']]);
  expect(compared([one], [one, two]).same).toBe(1);
  expect(statuses(compared([one, two], [two]).better)).toEqual([['unmet', undefined]]);
});

test.each([
  ['met', 'unmet'],
  ['attested', 'unmet'],
  ['waived', 'unmet'],
  ['notApplicable', 'indeterminate'],
  ['met', 'indeterminate'],
  ['indeterminate', 'unmet'],
] as const)('%s that is %s now is worse, and better the other way', (before, after) => {
  const diff = compared([finding({ status: before })], [finding({ status: after })]);
  expect(statuses(diff.worse)).toEqual([[before, after]]);
  expect(isWorse(diff)).toBe(true);
  expect(isWorse(compared([finding({ status: after })], [finding({ status: before })]))).toBe(false);
});

test('a new resource that does not comply is worse; one that complies is new; one that is gone is no longer wrong', () => {
  const fine = finding({ resource: 'Copy', status: 'met' });
  const diff = compared([finding()], [fine, finding({ resource: 'Other' })]);
  expect(statuses(diff.worse)).toEqual([[undefined, 'unmet']]);
  expect(statuses(diff.added)).toEqual([[undefined, 'met']]);
  expect(statuses(diff.better)).toEqual([['unmet', undefined]]);
});

test('met that is waived now is neither better nor worse: it holds on other grounds', () => {
  const diff = compared([finding({ status: 'met' })], [finding({ status: 'waived', waiver: WAIVER })]);
  expect(statuses(diff.changed)).toEqual([['met', 'waived']]);
  expect(isWorse(diff)).toBe(false);
});

test('of several things said of one resource the worst counts, in whatever order they stand', () => {
  const said = [finding({ status: 'met' }), finding({ status: 'unmet' })];
  expect(compared(said, said.toReversed()).same).toBe(1);
  expect(statuses(compared([finding({ status: 'met' })], said).worse)).toEqual([['met', 'unmet']]);
});

test('the text tells what is worse with place and remedy, the same change of many places once, and the counts last', () => {
  const logs = Array.from({ length: 8 }, (_, at) =>
    finding({ control: 'AUD-08', title: 'Logs stay.', resource: `L${at}` }),
  );
  const before = [...logs.map((log) => ({ ...log, status: 'met' as const })), finding({ resource: 'Old' })];
  expect(diffText(compared(before, logs), { width: 80 })).toBe(
    [
      'since the baseline of 2026-11-26: unmet 1, met 8',
      '',
      'worse',
      '  AUD-08 met → unmet  Logs stay.',
      '    found   has no lock',
      '    mend    set ObjectLockEnabled',
      ...[0, 1, 2, 3, 4].map((at) => `    at      clinic/us-east-1/records L${at}`),
      '            and 3 more',
      '',
      'better',
      '  REC-02 unmet → gone  Recordings cannot be deleted before their time.',
      '    found   has no lock',
      '    mend    set ObjectLockEnabled',
      '    at      clinic/us-east-1/records Old',
      '',
      'compared: 8 worse, 1 better, 0 on other grounds, 0 new, 0 gone, 0 the same',
    ].join('\n'),
  );
});

test('a baseline of something else says so', () => {
  const live = postureOf([], {
    inputs: asked({ mode: 'live', units: [] }),
    catalogue: { controls: 90, auditControls: [], checkedOn: '' },
  });
  const text = diffText(diffOf(live, postureOf([])), { width: 200 });
  expect(text).toContain('the baseline is of a live account, this of templates');
  expect(text).toContain('the baseline is of nothing, this of clinic');
  expect(text).toContain('the baseline was judged by 90 controls, this by 93');
});

describe('the comment on a pull request', () => {
  test('shows what is worse in a table and folds the rest', () => {
    const comment = diffMarkdown(compared([finding({ status: 'met' }), finding({ resource: 'Old' })], [finding()]));
    expect(comment).toContain(`${COMMENT_MARK}\n### Posture: 1 worse, 1 better`);
    expect(comment).toContain('| unmet | 1 | 1 |');
    expect(comment).toContain(
      '| <code>REC-02</code> | met → unmet | <code>clinic/us-east-1/records Vault</code> | <code>has no lock</code> |',
    );
    expect(comment).toContain('<details><summary>Better: 1</summary>');
  });

  test('holds no markup, mention or link of a template', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const evil = `@admins <img src=x> [a](http://evil) | \`x\` #1 --> ${text}`;
        const comment = diffMarkdown(compared([], [finding({ message: evil, stack: evil, control: evil })]));
        const codes = [...comment.matchAll(/<code>(.*?)<\/code>/gsu)].map((match) => match[1] ?? '');
        expect(codes).toHaveLength(3);
        for (const code of codes) expect(code.replaceAll(/&#\d+;/g, '')).toMatch(/^[\p{L}\p{N} ,/-]*$/u);
      }),
    );
  });

  test('fits into a comment whatever is worse', () => {
    const many = Array.from({ length: 500 }, (_, at) =>
      finding({ resource: `${at}${'<'.repeat(400)}`, message: '&'.repeat(400) }),
    );
    const comment = diffMarkdown(compared([], many));
    expect(comment.length).toBeLessThanOrEqual(65_536);
    expect(comment).toMatch(/and \d+ more/);
  });
});
