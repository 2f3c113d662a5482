import { htmlReport } from '../../../../compliance/audit/reporters/html';
import { asked, finding, postureOf, WAIVER } from '../../../support/findings';
import { manyRegions } from '../../../support/many-regions';
import { kitPosture } from '../../../support/postures';

const day = (daysLeft: number, expires: string) => ({
  ...WAIVER,
  rule: 'AUD-08',
  scope: ['records/**'],
  expires,
  daysLeft,
  covers: 1,
});

test('the same posture is the same page, byte for byte', () => {
  const posture = kitPosture('sandbox');
  expect(htmlReport(posture)).toBe(htmlReport(JSON.parse(JSON.stringify(posture)) as typeof posture));
});

test('it names what was audited, by what, when, and the digest that makes it evidence', () => {
  const posture = postureOf([finding()]);
  const text = htmlReport(posture).replaceAll('\n', ' ');
  for (const part of ['clinic', '2026-11-26', 'voicecell 0.1.0', '93 controls', posture.sha256])
    expect(text).toContain(part);
});

test.each([
  ['unmet', [finding()], '1 control is unmet.'],
  [
    'indeterminate',
    [finding({ status: 'indeterminate' })],
    'No control is seen to fail, but 1 control cannot be shown, which is no pass.',
  ],
  [
    'unmet and indeterminate',
    [finding(), finding({ control: 'REC-01', status: 'indeterminate' })],
    '1 control is unmet, and 1 control cannot be shown, which is no pass.',
  ],
  ['waived', [finding({ status: 'waived', waiver: WAIVER })], 'No control is open; 1 control rests on waivers.'],
  ['met', [finding({ status: 'met' })], 'No control is open.'],
  ['not judged', [], 'Nothing was judged.'],
] as const)('a posture that is %s is called so', (_, findings, verdict) => {
  expect(htmlReport(postureOf(findings))).toContain(`<h2 id="verdict">${verdict}</h2>`);
});

test('what could not be read is told before any number', () => {
  const text = htmlReport(postureOf([finding()], { inputs: asked({ limits: ['a.yaml: no transform'] }) }));
  expect(text.indexOf('a.yaml: no transform')).toBeGreaterThan(0);
  expect(text.indexOf('a.yaml: no transform')).toBeLessThan(text.indexOf('id="verdict"'));
});

test('a waiver says how long it has: over, nearly so, or neither', () => {
  const waivers = [day(30, '2026-12-26'), day(-3, '2026-11-23'), day(29, '2026-12-25'), day(0, '2026-11-26')];
  const text = htmlReport(postureOf([finding()], { waivers }));
  expect(
    [...text.matchAll(/<span(?: class="(\w+)")?>([^<]*\d days?[^<]*)<\/span>/g)].map(([, as, said]) => [as, said]),
  ).toEqual([
    ['over', 'over for 3 days'],
    ['soon', 'only 0 days left'],
    ['soon', 'only 29 days left'],
    [undefined, '30 days left'],
  ]);
});

test('findings that say the same share one entry, and regions built alike one list', () => {
  const text = htmlReport(
    postureOf(
      ['us-east-1', 'us-west-2'].flatMap((region) =>
        ['Vault', 'Copies'].map((resource) => finding({ region, stack: `clinic/${region}/records`, resource })),
      ),
    ),
  );
  expect(text.match(/data-status="unmet"/g)).toHaveLength(1);
  expect(text.match(/<code>Vault<\/code>/g)).toHaveLength(1);
  expect(text).toContain('4 places in 2 regions');
});

test('what only an audit judges says what it looks at, and that no waiver covers it', () => {
  const cell = finding({ control: 'CELL-03', severity: 'error' });
  const text = htmlReport(postureOf([cell])).replaceAll(/\s+/g, ' ');
  expect(text).toContain('<dd>Error: no waiver covers it</dd>');
  expect(text).toContain('<dd>ecs:DescribeServices</dd>');
});

test('a control that the catalogue does not know has a row of its own', () => {
  expect(htmlReport(postureOf([finding({ control: 'LIV-01' })]))).toContain('<a href="#LIV-01">');
});

test('of stores, the chart says what is kept, for how long, under which lock, and where that is too short or too long', () => {
  const store = { stack: 'records', region: 'us-east-1', resource: 'Vault' };
  const retention = {
    unit: 'clinic',
    dataClass: 'recording',
    floorDays: 2192,
    ceilingDays: 3000,
    accessibleDays: 0,
    lockMode: 'COMPLIANCE',
    clock: 'creation',
    because: ['hipaa (45 CFR 164.316(b)(2)(i))'],
    stores: [
      { ...store, days: 2192, lockMode: 'COMPLIANCE' },
      { ...store, region: 'us-west-2', days: 2192, lockMode: 'COMPLIANCE' },
      { ...store, resource: 'Short', days: 30 },
      { ...store, resource: 'Ever', isForever: true },
      { ...store, resource: 'Unread' },
    ],
  } as const;
  const text = htmlReport(postureOf([finding()], { retention: [retention] }));
  expect(text).toContain(
    'aria-label="recording: at least 2,192 days, at most 3,000 days, COMPLIANCE lock; for ever in 1 store in 1 region; ' +
      '2,192 days, COMPLIANCE in 2 stores in 2 regions; 30 days in 1 store in 1 region; not known in 1 store in 1 region"',
  );
  expect(text.match(/<b class="(?:below|above)">[^<]*/g)).toEqual([
    '<b class="above">over the ceiling',
    '<b class="below">below the floor',
  ]);
});

test('thirty regions with forty thousand findings stay under 2 MB, and no open finding is left to the script', () => {
  const posture = manyRegions(kitPosture('healthcare-us'), 30);
  const text = htmlReport(posture);
  expect(posture.findings.length).toBeGreaterThan(40_000);
  expect(Buffer.byteLength(text)).toBeLessThan(2_000_000);
  const [, document = ''] = /<main([^]*)<\/main>/.exec(text) ?? [];
  const open = posture.findings.filter(({ status }) => status === 'unmet' || status === 'waived');
  const missing = open.filter(({ resource = '' }) => !document.includes(`<code>${resource}</code>`));
  expect(missing).toEqual([]);
});
