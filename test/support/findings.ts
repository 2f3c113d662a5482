import { countOf, sealed } from '../../compliance/audit/assess';
import { sha256 } from '../../compliance/audit/canonical';
import type { Finding, Posture } from '../../compliance/audit/posture';

/** An unmet control of a vault, but for what is given. */
export function finding(over: Partial<Finding> = {}): Finding {
  const one = {
    control: 'REC-02',
    title: 'Recordings cannot be deleted before their time.',
    framework: ['hipaa'] as const,
    status: 'unmet' as const,
    severity: 'fatal' as const,
    unit: 'clinic',
    region: 'us-east-1',
    stack: 'clinic/us-east-1/records',
    resource: 'Vault',
    type: 'AWS::S3::Bucket',
    message: 'has no lock',
    remedy: 'set ObjectLockEnabled',
    citations: [{ authority: 'hipaa' as const, text: '45 CFR 164.316(b)(2)(i)' }],
    ...over,
  };
  return { fingerprint: sha256([one.control, one.unit, one.stack, one.resource].join('\n')), ...one };
}

/** A waiver that covers a finding until a day. */
export const WAIVER = {
  reason: 'The carrier has no other door until spring.',
  owner: 'platform',
  expires: '2027-03-01',
};

export const asked = (over: Partial<Posture['inputs']> = {}): Posture['inputs'] => ({
  mode: 'template',
  asOf: '2026-11-26',
  units: [{ name: 'clinic', frameworks: ['hipaa'], allowedRegions: ['us-east-1'], regions: ['us-east-1'] }],
  files: [],
  limits: [],
  ...over,
});

/** A posture of findings, worst first as they are given. */
export const postureOf = (findings: readonly Finding[], over: Partial<Omit<Posture, 'sha256'>> = {}): Posture =>
  sealed({
    version: 1,
    tool: { name: 'voicecell', version: '0.1.0' },
    catalogue: { controls: 93, auditControls: [], checkedOn: '2026-09-26' },
    inputs: asked(),
    summary: countOf(findings),
    retention: [],
    waivers: [],
    findings,
    ...over,
  });
