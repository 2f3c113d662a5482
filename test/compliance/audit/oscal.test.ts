import * as fc from 'fast-check';
import { oscalReport } from '../../../compliance/audit/reporters/oscal';
import type { Posture } from '../../../compliance/audit/posture';
import { asked, finding, postureOf, WAIVER } from '../../support/findings';
import { kitPosture } from '../../support/postures';
import { mustValidate, objectionsTo } from '../../support/published-schema';

const SCHEMA = 'oscal_assessment-results_schema.json';

interface Result {
  readonly title: string;
  readonly 'reviewed-controls': unknown;
  readonly 'local-definitions': {
    readonly components: readonly { readonly uuid: string }[];
    readonly 'inventory-items'?: readonly { readonly uuid: string }[];
  };
  readonly observations?: readonly {
    readonly uuid: string;
    readonly methods: readonly string[];
    readonly subjects: readonly { readonly 'subject-uuid': string }[];
    readonly expires?: string;
  }[];
  readonly risks?: readonly { readonly uuid: string; readonly status: string; readonly deadline?: string }[];
  readonly findings?: readonly {
    readonly target: { readonly 'target-id': string; readonly status: object };
    readonly 'related-observations': readonly { readonly 'observation-uuid': string }[];
    readonly 'related-risks'?: readonly { readonly 'risk-uuid': string }[];
  }[];
}

const resultsOf = (posture: Posture): readonly Result[] =>
  (JSON.parse(oscalReport(posture)) as { 'assessment-results': { results: readonly Result[] } })['assessment-results']
    .results;

const { resource: _, stack: __, ...whole } = finding({ control: 'GOV-06' });

const rich = postureOf(
  [
    finding({ location: { file: 'my vault.yaml', line: 12 }, drift: [{ property: 'Tags', template: [], live: [1] }] }),
    finding({ status: 'met', resource: 'Copy' }),
    finding({ control: 'AVL-05', status: 'waived', severity: 'error', waiver: WAIVER }),
    { ...whole, status: 'attested', attestedUntil: '2027-01-01' },
    finding({ control: 'RES-02', status: 'notApplicable' }),
    finding({ control: 'GOV-07', unit: 'waivers', status: 'indeterminate' }),
  ],
  { inputs: asked({ files: [{ path: 'my vault.yaml', sha256: 'a'.repeat(64) }], limits: ['no transform'] }) },
);

(mustValidate(SCHEMA) ? describe : describe.skip)('the published schema', () => {
  test('takes what is written', () => {
    const objections = objectionsTo(SCHEMA);
    const nothing = postureOf([], { inputs: asked({ units: [] }) });
    for (const posture of [rich, postureOf([]), nothing, kitPosture('healthcare-us')])
      expect(objections(oscalReport(posture))).toEqual([]);
  });

  test('takes it whatever templates say', () => {
    const objections = objectionsTo(SCHEMA);
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, text, (message, stack, file) => {
        const hostile = { message, stack, resource: stack, unit: stack, region: file, location: { file, line: 1 } };
        const report = oscalReport(
          postureOf([finding(hostile), finding({ ...hostile, status: 'waived', waiver: { ...WAIVER, reason: file } })]),
        );
        expect(objections(report)).toEqual([]);
        expect(report.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
      { numRuns: 50 },
    );
  });
});

test('every unit has a result, with the controls that were reviewed', () => {
  const results = resultsOf(rich);
  expect(results.map(({ title }) => title)).toEqual(['clinic', 'waivers']);
  expect(results[0]?.['reviewed-controls']).toEqual({
    'control-selections': [
      { 'include-controls': ['avl-05', 'gov-06', 'rec-02', 'res-02'].map((id) => ({ 'control-id': id })) },
    ],
  });
});

test('a control is satisfied only when all that was seen of it holds; a waiver does not make it so', () => {
  const states = resultsOf(rich)[0]?.findings?.map(({ target }) => [target['target-id'], target.status]);
  expect(states).toEqual([
    ['rec-02', { state: 'not-satisfied', reason: 'fail' }],
    ['avl-05', { state: 'not-satisfied', reason: 'other' }],
    ['gov-06', { state: 'satisfied', reason: 'pass' }],
    ['res-02', { state: 'satisfied', reason: 'other' }],
  ]);
});

test('what is open is an open risk, what is waived an approved deviation until its day', () => {
  expect(resultsOf(rich)[0]?.risks?.map(({ status, deadline }) => [status, deadline])).toEqual([
    ['open', undefined],
    ['deviation-approved', '2027-03-01T00:00:00Z'],
  ]);
});

test('how something was seen follows from where: a document, an account, or what somebody said until a day', () => {
  const methods = (posture: Posture): unknown =>
    resultsOf(posture)[0]?.observations?.map((one) => [one.methods[0], one.expires]);
  expect(methods(rich)).toEqual([
    ['EXAMINE', undefined],
    ['EXAMINE', undefined],
    ['EXAMINE', undefined],
    ['INTERVIEW', '2027-01-01T00:00:00Z'],
    ['EXAMINE', undefined],
  ]);
  expect(methods(postureOf([finding()], { inputs: asked({ mode: 'live' }) }))).toEqual([['TEST', undefined]]);
});

test('whatever is referred to is there, and no identifier is given twice', () => {
  for (const posture of [rich, kitPosture('healthcare-us')]) {
    for (const result of resultsOf(posture)) {
      const { observations = [], risks = [], findings = [], 'local-definitions': local } = result;
      const subjects = [...local.components, ...(local['inventory-items'] ?? [])];
      const ids = [...observations, ...risks, ...subjects].map(({ uuid }) => uuid);
      expect(new Set(ids).size).toBe(ids.length);
      const referred = [
        ...observations.flatMap((one) => one.subjects.map((subject) => subject['subject-uuid'])),
        ...findings.flatMap((one) => one['related-observations'].map((other) => other['observation-uuid'])),
        ...findings.flatMap((one) => (one['related-risks'] ?? []).map((risk) => risk['risk-uuid'])),
      ];
      expect(referred.filter((uuid) => !ids.includes(uuid))).toEqual([]);
    }
  }
});

test('the same posture is the same document', () => {
  expect(oscalReport(postureOf([finding()]))).toBe(oscalReport(postureOf([finding()])));
});
