import { wholeApp } from '../../../compliance/controls/unit';
import { Evidence } from '../../../compliance/controls/evidence';
import { findingsOf } from '../../../compliance/audit/findings';
import { unreadFindings } from '../../../compliance/audit/unread-findings';
import { TemplateSet } from '../../../compliance/templates/template-set';
import type { Finding } from '../../../compliance/audit/posture';
import { readFiles } from '../../support/template-files';

function auditOf(resources: object): readonly Finding[] {
  const unit = wholeApp(['hipaa', 'finra', 'soc2'], { jurisdiction: 'US', today: '2026-11-26' });
  const { stacks } = readFiles({ 'a.json': JSON.stringify({ Resources: resources }) });
  const evidence = new Evidence(new TemplateSet(stacks), unit.scope);
  return findingsOf({ name: 'templates', unit, evidence }, { waivers: [], asOf: '2026-11-26' });
}

const bucket = (more: object = {}): object => ({ A: { Type: 'AWS::S3::Bucket', Properties: more } });

const statusesOf = (findings: readonly Finding[], id: string): readonly string[] =>
  findings.filter(({ control }) => control === id).map(({ status }) => status);

describe('what could not be read', () => {
  test('is one indeterminate finding a line, with what to give', () => {
    const line = 'p.yaml: nested stack N is not judged: its template is not on this machine';
    expect(unreadFindings('templates', [line, line])).toEqual([
      expect.objectContaining({
        control: 'EVIDENCE',
        framework: ['house'],
        status: 'indeterminate',
        severity: 'error',
        message: line,
        remedy: expect.stringContaining('template of the nested stack') as string,
      }),
    ]);
  });

  test('is the same finding when lines are added above it, and another elsewhere', () => {
    const prints = ['b.yaml:3:1 A: got x', 'b.yaml:9:1 A: got x', 'b.yaml:9:1 B: got x'].map(
      (line) => unreadFindings('templates', [line])[0]?.fingerprint,
    );
    expect(prints[0]).toBe(prints[1]);
    expect(prints[2]).not.toBe(prints[1]);
  });

  test('is told of properties that are too large to be looked at', () => {
    const cut = (note: string): readonly Finding[] =>
      auditOf(bucket({ Note: note })).filter(({ control }) => control === 'EVIDENCE');
    expect(cut('short')).toEqual([]);
    expect(cut('x '.repeat(600_000)).map(({ message }) => message)).toEqual([
      'a.json: the properties of A (AWS::S3::Bucket) are too large: they are not judged',
    ]);
  });
});

describe('a control that finds what it judges by its class of data', () => {
  const tagged = (value: unknown): object => bucket({ Tags: [{ Key: 'voicecell:data-class', Value: value }] });

  test.each([
    ['has no class', bucket()],
    ['has a class that is none', tagged('calls')],
    ['has a class that is not known', tagged({ 'Fn::ImportValue': 'class' })],
  ])('is indeterminate where a store %s', (_, resources) => {
    const findings = auditOf(resources);
    for (const id of ['REC-01', 'REC-02', 'ACC-01', 'AUD-01', 'ENC-04'])
      expect([id, statusesOf(findings, id)]).toEqual([id, ['indeterminate']]);
    expect(findings.find(({ control }) => control === 'REC-02')).toMatchObject({
      message: expect.stringContaining('not known whether it holds records') as string,
      remedy: 'tag it voicecell:data-class',
    });
  });

  test('is not applicable where every store says that it holds something else, or there is none', () => {
    for (const resources of [tagged('none'), { T: { Type: 'AWS::SNS::Topic' } }])
      expect(statusesOf(auditOf(resources), 'REC-02')).toEqual(['notApplicable']);
  });

  test('is the only one that minds', () => {
    expect(statusesOf(auditOf(bucket()), 'NET-01')).toEqual(['notApplicable']);
  });
});
