import { known } from '../../aws/answer';
import type { FactSource } from '../../preflight/facts/source';
import { preflight, type Preflight } from '../../preflight/preflight';
import { renderPreflight } from '../../preflight/report/text';
import type { State, Verdict } from '../../preflight/verdict';
import { regionPlan } from '../support/region-plan';
import { accountFacts, ASKED, regionFacts } from './facts';

const verdict = (state: State, overrides: Partial<Verdict> = {}): Verdict => ({
  check: 'VPCs',
  region: 'us-east-1',
  state,
  found: 'five',
  needed: 'six',
  ...overrides,
});

const rendered = (verdicts: readonly Verdict[], regions: readonly string[] = ['us-east-1']): string =>
  renderPreflight({ deployment: 'demo', account: '123456789012', regions, verdicts, state: 'ok' } satisfies Preflight);

test('regions stand side by side, one word a check', () => {
  const text = rendered(
    [
      verdict('ok'),
      verdict('will fail', { region: 'us-west-2', remedy: 'ask for more' }),
      verdict('later', { check: 'SIP zone', region: 'us-west-2', remedy: 'wait' }),
    ],
    ['us-east-1', 'us-west-2'],
  );
  expect(text).toContain(
    ['          us-east-1    us-west-2', 'VPCs      ok           will fail', 'SIP zone  -            later'].join('\n'),
  );
  expect(text).toMatch(/^-\s+nothing to look at$/m);
  expect(text).toMatch(/^1 will fail, 1 later, 1 ok$/m);
});

test('the worst of what a check found is what its cell says', () => {
  const states = (['ok', 'later', 'cannot tell', 'will fail'] as const).map((state) => verdict(state, { remedy: 'r' }));
  expect(rendered(states)).toMatch(/^VPCs {2}will fail$/m);
  expect(rendered(states.slice(0, 3))).toMatch(/^VPCs {2}cannot tell$/m);
  expect(rendered([verdict('ok', { remedy: 'mind this' })])).toMatch(/^VPCs {2}ok \*$/m);
});

test('the same thing found in two regions is told once, and a silent service once for all its checks', () => {
  const text = rendered([
    verdict('will fail', { remedy: 'ask' }),
    verdict('will fail', { remedy: 'ask', region: 'us-west-2' }),
    verdict('cannot tell', { check: 'names', found: 'not allowed: a:B', needed: 'x', remedy: 'allow a:B' }),
    verdict('cannot tell', { check: 'stacks', found: 'not allowed: a:B', needed: 'y', remedy: 'allow a:B' }),
  ]);
  expect(text.match(/^will fail: /gm)).toHaveLength(1);
  expect(text).toContain('will fail: VPCs for us-east-1, us-west-2\n');
  expect(text).toContain('cannot tell: names, stacks for us-east-1\n  found   not allowed: a:B\n  do      allow a:B');
});

test('one remedy is told once, with all it mends in the same regions', () => {
  const text = rendered([
    verdict('will fail', { check: 'plan', found: 'image a is unlocked', remedy: 'lock' }),
    verdict('will fail', { check: 'plan', found: 'image b is unlocked', remedy: 'lock' }),
    verdict('will fail', { check: 'plan', found: 'image c is unlocked', remedy: 'lock', region: 'us-west-2' }),
  ]);
  const both = ['  found   image a is unlocked', '          image b is unlocked', '  needed  six', '  do      lock'];
  expect(text).toContain(['will fail: plan for us-east-1', ...both].join('\n'));
  expect(text).toContain('will fail: plan for us-west-2\n  found   image c is unlocked\n');
  expect(text).toMatch(/^3 will fail$/m);
});

test('no word of a command is broken, however long', () => {
  const arn = `arn:aws:secretsmanager:us-east-1:123456789012:secret:${'s'.repeat(60)}`;
  expect(rendered([verdict('will fail', { remedy: `\`restore --secret-id ${arn} --region r\`` })])).toContain(arn);
});

test('a command is copied as it stands, however long', () => {
  const command = `aws service-quotas request ${'--option value '.repeat(8)}--last one`;
  const text = rendered([verdict('will fail', { remedy: `it takes days: \`${command}\`` })]);
  const [, block = ''] = text.split('do      it takes days:\n');
  const [shell = ''] = block.split('\n\n');
  expect(shell.replaceAll(/ \\\n\s+/g, ' ').trim()).toBe(command);
});

const HOSTILE = `\u001b[31mred\u0007 ${'x'.repeat(300)} arn:aws:${'y'.repeat(120)}`;

test.each([1, 3, 4, 9])('%i regions, and whatever an account says, fit 80 columns', (count) => {
  const regions = Array.from({ length: count }, (_, index) => `ap-southeast-${index + 1}`);
  const text = rendered(
    regions.flatMap((region) =>
      (['will fail', 'cannot tell', 'later', 'ok'] as const).map((state) =>
        verdict(state, {
          check: 'service-linked roles',
          region,
          found: HOSTILE,
          needed: HOSTILE,
          remedy: HOSTILE,
        }),
      ),
    ),
    regions,
  );
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(text).not.toMatch(/\p{Cc}(?<!\n)/u);
  for (const region of regions) expect(text).toContain(region);
});

describe('of an account', () => {
  const source = (overrides: Partial<FactSource> = {}): FactSource => ({
    caller: () => Promise.resolve(known(accountFacts().caller)),
    account: () => Promise.resolve(accountFacts()),
    region: () => Promise.resolve(regionFacts()),
    ...overrides,
  });

  test('all regions are asked at once', async () => {
    let open = 0;
    let most = 0;
    const region: FactSource['region'] = async () => {
      open += 1;
      most = Math.max(most, open);
      await Promise.resolve();
      open -= 1;
      return regionFacts();
    };
    const [one, two] = [regionPlan(), regionPlan({ region: 'us-west-2' })];
    await preflight([one, two], source({ region }), ASKED);
    expect(most).toBe(2);
  });

  test('a ready account: the report is short and says what comes later', async () => {
    const result = await preflight([regionPlan()], source(), ASKED);
    expect(result).toMatchObject({ state: 'later', regions: ['us-east-1'] });
    if ('known' in result) throw new Error(result.why);
    expect(
      renderPreflight(result)
        .split('\n')
        .filter((line) => line.length > 80),
    ).toEqual([]);
  });
});
