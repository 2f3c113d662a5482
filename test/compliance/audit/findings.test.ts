import { findingsOf } from '../../../compliance/audit/findings';
import type { Finding } from '../../../compliance/audit/posture';
import { wholeText } from '../../../compliance/controls/control';
import { hidden, verdict, wrong } from '../../../compliance/controls/shared/flaws';
import { wholeApp } from '../../../compliance/controls/unit';
import type { ResourceBody, Resource } from '../../../compliance/templates/template-set';
import { evidence } from '../../support/evidence';

function findingOf(id: string, resources: Readonly<Record<string, ResourceBody>>): Finding | undefined {
  const unit = wholeApp(['hipaa', 'soc2'], { jurisdiction: 'US', today: '2026-11-26' });
  const audited = { name: 'templates', unit, evidence: evidence(resources) };
  return findingsOf(audited, { waivers: [], asOf: '2026-11-26' }).find(({ control }) => control === id);
}

describe('what a finding says', () => {
  test('keeps what was found apart from what to change, and tells every change of several flaws', () => {
    const found = findingOf('ACC-02', {
      B: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true },
          OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
        },
      },
    });
    expect(found?.message).toBe('RestrictPublicBuckets is nothing; ObjectOwnership is ObjectWriter');
    expect(found?.remedy).toBe('set RestrictPublicBuckets to true; set OwnershipControls to BucketOwnerEnforced');
  });
});

describe('a verdict on several flaws', () => {
  const resource = {} as Resource;

  test('tells each remedy once, and what is wrong without what is hidden', () => {
    const flaws = [wrong('a is open; close it'), wrong('b is open; close it'), hidden('c is hidden; write it out')];
    expect(verdict(resource, flaws, 'fine')).toMatchObject({
      answer: 'unmet',
      message: 'a is open; b is open',
      remedies: ['close it'],
    });
  });

  test('is read whole where there is room for one text', () => {
    expect(wholeText(verdict(resource, [wrong('a; b; do c'), wrong('d; do e')], 'fine'))).toBe('a; b; d; do c; do e');
  });
});
