import * as fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { GITHUB, sarifReport, type SarifLimits } from '../../../compliance/audit/reporters/sarif';
import type { Finding, Posture } from '../../../compliance/audit/posture';
import { asked, finding, postureOf, WAIVER } from '../../support/findings';
import { kitPosture } from '../../support/postures';
import { mustValidate, objectionsTo } from '../../support/published-schema';

const SCHEMA = 'sarif-schema-2.1.0.json';

interface Run {
  readonly tool: {
    readonly driver: { readonly rules: readonly { readonly id: string; readonly properties: object }[] };
  };
  readonly results: readonly {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly level: string;
    readonly message: { readonly text: string };
    readonly locations: readonly unknown[];
    readonly partialFingerprints: Readonly<Record<string, string>>;
  }[];
  readonly invocations: readonly { readonly toolExecutionNotifications: readonly unknown[] }[];
  readonly properties: { readonly leftOut: number };
}

function runOf(posture: Posture, limits?: SarifLimits): Run {
  const { runs } = JSON.parse(sarifReport(posture, limits)) as { readonly runs: readonly Run[] };
  const [run] = runs;
  if (!run || runs.length > 1) throw new Error('one run');
  return run;
}

const resultsOf = (over: Partial<Finding>, inputs = asked()): Run['results'] =>
  runOf(postureOf([finding(over)], { inputs })).results;

const rich = postureOf(
  [
    finding({ location: { file: './infra/my vault.yaml', line: 12 } }),
    finding({
      control: 'CELL-01',
      title: 'Tasks of a cell stand in one AZ.',
      status: 'indeterminate',
      severity: 'error',
    }),
    finding({ control: 'AVL-05', status: 'waived', severity: 'error', waiver: WAIVER }),
    finding({ control: 'ENC-01', status: 'met' }),
  ],
  { inputs: asked({ files: [{ path: 'infra/main.yaml', sha256: 'a'.repeat(64) }], limits: ['a.yaml: no transform'] }) },
);

(mustValidate(SCHEMA) ? describe : describe.skip)('the published schema', () => {
  test('takes what is written', () => {
    const objections = objectionsTo(SCHEMA);
    for (const posture of [rich, postureOf([]), kitPosture('healthcare-us')])
      expect(objections(sarifReport(posture))).toEqual([]);
  });

  test('takes it whatever templates say', () => {
    const objections = objectionsTo(SCHEMA);
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, text, (message, stack, file) => {
        const hostile = finding({ message, stack, resource: stack, location: { file, line: 1 } });
        const report = sarifReport(postureOf([hostile]));
        expect(objections(report)).toEqual([]);
        expect(report.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
      { numRuns: 50 },
    );
  });
});

test('rules are the controls that were judged, held or not, and what was found beside them', () => {
  const { rules } = runOf(rich).tool.driver;
  expect(rules.map(({ id }) => id)).toEqual(['AVL-05', 'CELL-01', 'ENC-01', 'REC-02']);
  expect(rules[3]?.properties).toEqual({
    precision: 'high',
    'security-severity': '9.0',
    tags: ['security', 'hipaa'],
  });
});

test('results are what is open, each of its rule: a waived one would be shown as open, too', () => {
  const run = runOf(rich);
  expect(run.results.map(({ ruleId }) => ruleId)).toEqual(['REC-02', 'CELL-01']);
  for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
});

test.each([
  ['fatal', 'unmet', 'error'],
  ['error', 'indeterminate', 'error'],
  ['warning', 'unmet', 'warning'],
  ['warning', 'indeterminate', 'note'],
] as const)('%s that is %s is of level %s', (severity, status, level) => {
  expect(resultsOf({ severity, status })[0]?.level).toBe(level);
});

test('a finding is shown at its line, in a path from the root of the repository, with a fingerprint that stays', () => {
  const [result] = runOf(rich).results;
  expect(result?.message.text).toBe(
    'Recordings cannot be deleted before their time. Found: has no lock. Mend: set ObjectLockEnabled.',
  );
  expect(result?.locations).toEqual([
    {
      physicalLocation: {
        artifactLocation: { uri: 'infra/my%20vault.yaml', uriBaseId: '%SRCROOT%' },
        region: { startLine: 12 },
      },
      logicalLocations: [{ fullyQualifiedName: 'clinic/us-east-1/records/Vault', kind: 'resource' }],
    },
  ]);
  const { fingerprint } = finding();
  expect(result?.partialFingerprints).toEqual({
    'voicecell/v1': fingerprint,
    primaryLocationLineHash: `${fingerprint}:1`,
  });
});

test('without a line a finding is shown at the first file, and without any file by name', () => {
  const files = [{ path: 'a.yaml', sha256: 'a'.repeat(64) }];
  expect(resultsOf({}, asked({ files }))[0]?.locations).toEqual([
    expect.objectContaining({
      physicalLocation: expect.objectContaining({ region: { startLine: 1 } }) as unknown,
    }),
  ]);
  const { resource: _, stack: __, ...whole } = finding();
  expect(runOf(postureOf([whole])).results[0]?.locations).toEqual([
    { logicalLocations: [{ fullyQualifiedName: 'clinic', kind: 'module' }] },
  ]);
});

test('a path outside the repository is a URI of its own', () => {
  expect(resultsOf({ location: { file: '/srv/a.yaml', line: 1 } })[0]?.locations).toEqual([
    expect.objectContaining({
      physicalLocation: { artifactLocation: { uri: 'file:///srv/a.yaml' }, region: { startLine: 1 } },
    }),
  ]);
});

test('what could not be read is a notification', () => {
  expect(runOf(rich).invocations[0]?.toolExecutionNotifications).toEqual([
    { level: 'warning', message: { text: 'a.yaml: no transform' } },
  ]);
});

describe('limits of GitHub', () => {
  const worst = finding({ control: 'REC-01' });
  const many = postureOf([
    worst,
    ...Array.from({ length: 300 }, (_, at) => finding({ resource: `R${at}`, message: `${at}${'é'.repeat(at)}` })),
  ]);

  test('more results than it takes are cut, the worst kept, and how many are missing is said', () => {
    const run = runOf(many, { ...GITHUB, results: 10 });
    expect(run.results).toHaveLength(10);
    expect(run.results[0]?.ruleId).toBe('REC-01');
    expect(run.properties.leftOut).toBe(291);
    expect(run.invocations[0]?.toolExecutionNotifications).toEqual([
      expect.objectContaining({ message: { text: expect.stringMatching(/^291 results are left out/) as unknown } }),
    ]);
  });

  test('a file larger than it takes is cut until it fits', () => {
    const limits = { ...GITHUB, gzipBytes: 8_000 };
    expect(gzipSync(sarifReport(many)).length).toBeGreaterThan(8_000);
    expect(gzipSync(sarifReport(many, limits)).length).toBeLessThanOrEqual(8_000);
    expect(runOf(many, limits).results.length).toBeGreaterThan(20);
  });

  test('where not even one result fits, there is none, and it ends', () => {
    expect(runOf(many, { ...GITHUB, gzipBytes: 10 }).results).toEqual([]);
  });
});
