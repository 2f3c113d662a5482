import { REC_01 } from '../../../compliance/controls/REC-01';
import { answersOf, complaintsOf, evidence, tagged } from '../../support/evidence';

const locked = (mode: unknown, enabled: unknown = true) => ({
  ObjectLockEnabled: enabled,
  ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: mode, Days: 2192 } } },
});

describe('REC-01: records are stored so that nobody can overwrite or delete them', () => {
  const judged = (properties: Readonly<Record<string, unknown>>) =>
    answersOf(REC_01, evidence({ Vault: tagged('AWS::S3::Bucket', 'recording', properties) }));

  test('is met by a default retention in COMPLIANCE mode', () => {
    expect(judged(locked('COMPLIANCE'))).toEqual(['met']);
  });

  test.each([
    ['no lock at all', {}],
    ['a lock without default retention, which locks nothing', { ObjectLockEnabled: true }],
    ['GOVERNANCE, which an administrator bypasses', locked('GOVERNANCE')],
    ['the lock set to false', locked('COMPLIANCE', false)],
  ])('is not met by %s', (_, properties) => {
    expect(judged(properties)).toEqual(['unmet']);
  });

  test('is not known when the mode is a parameter without default', () => {
    expect(judged(locked({ Ref: 'Mode' }))).toEqual(['indeterminate']);
  });

  test('asks for GOVERNANCE where no framework asks for WORM', () => {
    const { requirements } = evidence({}).scope;
    const recording = { ...requirements.recording, lockMode: 'GOVERNANCE' as const };
    const given = evidence(
      { Vault: tagged('AWS::S3::Bucket', 'recording', locked('GOVERNANCE')) },
      { requirements: { ...requirements, recording } },
    );
    expect(complaintsOf(REC_01, given)).toEqual([]);
  });

  test('is not about buckets that hold no records', () => {
    expect(answersOf(REC_01, evidence({ Logs: tagged('AWS::S3::Bucket', 'log') }))).toEqual([]);
  });
});
