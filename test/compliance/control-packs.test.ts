import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, CfnResource, NestedStack, Stack, Tags, Validations } from 'aws-cdk-lib';
import { Bucket, CfnBucket, ObjectLockMode } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { VoicecellAlways, VoicecellFinra, VoicecellHipaa, VoicecellSoc2 } from '../../compliance/nag/voicecell-packs';
import { bearingOn } from '../../compliance/templates/acknowledgements';
import { readEvidence, type CheckedFinding } from '../../compliance/audit/evidence';

const PACKS = { VoicecellFinra, VoicecellHipaa, VoicecellSoc2, VoicecellAlways };

let outdir: string;

beforeEach(() => {
  outdir = mkdtempSync(path.join(tmpdir(), 'voicecell-packs-'));
});

afterEach(() => rmSync(outdir, { recursive: true }));

/** A CDK app that knows nothing of this kit but the pack. */
function findingsOf(pack: keyof typeof PACKS, build: (stack: Stack) => void): readonly CheckedFinding[] {
  const app = new App({
    outdir,
    builtinCloudFormationValidation: false,
    context: { '@aws-cdk/core:failSynthOnValidationErrors': false },
  });
  Validations.of(app).addPlugins(new PACKS[pack]({ jurisdiction: 'US' }));
  build(new Stack(app, 'theirs', { env: { account: '123456789012', region: 'us-east-1' } }));
  return readEvidence(app.synth()).findings;
}

const ofRule = (findings: readonly CheckedFinding[], id: string): readonly CheckedFinding[] =>
  findings.filter(({ rule }) => rule.endsWith(`-${id}`));

const recordings = (scope: Stack, mode?: ObjectLockMode): Bucket => {
  const lock = mode ? { objectLockDefaultRetention: { mode, duration: Duration.days(2192) } } : {};
  const bucket = new Bucket(scope, 'Calls', lock);
  Tags.of(bucket).add('voicecell:data-class', 'recording');
  return bucket;
};

describe("VoicecellFinra on somebody else's stack", () => {
  test('finds a bucket of recordings without lock, in words, and nobody can waive it', () => {
    const found = findingsOf('VoicecellFinra', (stack) => {
      const bucket = recordings(stack);
      Validations.of(bucket).acknowledge({ id: 'VoicecellFinra::VoicecellFinra-REC-01', reason: 'no' });
    });
    expect(ofRule(found, 'REC-01')).toEqual([
      expect.objectContaining({
        rule: 'VoicecellFinra::VoicecellFinra-REC-01',
        severity: 'fatal',
        constructPath: 'theirs/Calls/Resource',
        description: expect.stringContaining('it has no Object Lock; set ObjectLockEnabled'),
      }),
    ]);
  });

  test('finds nothing of REC-01 where records are locked', () => {
    const found = findingsOf('VoicecellFinra', (stack) => recordings(stack, ObjectLockMode.COMPLIANCE));
    expect(ofRule(found, 'REC-01')).toEqual([]);
  });

  test('is not fooled by an override that takes the lock away again', () => {
    const found = findingsOf('VoicecellFinra', (stack) => {
      const { defaultChild } = recordings(stack, ObjectLockMode.COMPLIANCE).node;
      (defaultChild as CfnBucket).addPropertyDeletionOverride('ObjectLockEnabled');
    });
    expect(ofRule(found, 'REC-01')).toHaveLength(1);
  });

  test('sees a raw resource, and one in a nested stack', () => {
    const found = findingsOf('VoicecellFinra', (stack) => {
      const properties = { Tags: [{ Key: 'voicecell:data-class', Value: 'transcript' }] };
      new CfnResource(stack, 'Raw', { type: 'AWS::S3::Bucket', properties });
      new CfnResource(new NestedStack(stack, 'Inner'), 'Raw', { type: 'AWS::S3::Bucket', properties });
    });
    expect(ofRule(found, 'REC-01').map(({ constructPath }) => constructPath)).toEqual([
      'theirs/Raw',
      'theirs/Inner/Raw',
    ]);
  });
});

describe('an acknowledgement of their own', () => {
  const GOOD = 'logs go elsewhere (owner=platform expires=2027-05-31)';
  const complaints = (on: (stack: Stack) => IConstruct, id: string, reason: string): readonly string[] => {
    const found = findingsOf('VoicecellSoc2', (stack) => {
      recordings(stack, ObjectLockMode.COMPLIANCE);
      Validations.of(on(stack)).acknowledge({ id, reason });
    });
    return ofRule(found, 'GOV-07').map(({ description }) => description);
  };
  const theBucket = (stack: Stack): IConstruct => stack.node.findChild('Calls');
  const theApp = (stack: Stack): IConstruct => stack.node.root;

  test.each([
    [
      'a qualified one',
      theBucket,
      'AwsSolutions::AwsSolutions-S1',
      'on theirs/Calls, AwsSolutions::AwsSolutions-S1 is',
    ],
    ['one that the report leaves out', theBucket, 'AwsSolutions-S1', 'AwsSolutions-S1 is suppressed without owner='],
    ['one over the whole app', theApp, 'AwsSolutions::AwsSolutions-S1', 'on the app, AwsSolutions::AwsSolutions-S1 is'],
  ])('%s needs an owner and an end', (_, on, id, words) => {
    expect(complaints(on, id, 'accepted by the team')).toEqual([expect.stringContaining(words)]);
    expect(complaints(on, id, GOOD)).toEqual([]);
  });

  test('bears on the deployment it is made in or above, and on no other', () => {
    const at = (place: string) => ({ place, id: 'A::B', reason: '' });
    const all = ['', 'clinics', 'clinics/us-east-1', 'clinics-eu', 'brokers/us-east-1'].map(at);
    expect(bearingOn(all, 'clinics/').map(({ place }) => place)).toEqual(['', 'clinics', 'clinics/us-east-1']);
    expect(bearingOn(all, '')).toEqual(all);
    expect(bearingOn([at('org'), at('organic')], 'organic/clinics/')).toEqual([at('organic')]);
  });
});

test('a framework that asks for integrity is content with GOVERNANCE', () => {
  const found = findingsOf('VoicecellHipaa', (stack) => recordings(stack, ObjectLockMode.GOVERNANCE));
  expect(ofRule(found, 'REC-01')).toEqual([]);
});

test('a pack that has seen no templates does not say that all is well', () => {
  expect(() => new VoicecellSoc2({ jurisdiction: 'US' }).validateScope(new App({ outdir }))).toThrow(/addPlugins/);
});

test('a jurisdiction that nobody knows is refused', () => {
  expect(() => new VoicecellFinra({ jurisdiction: 'ATLANTIS' })).toThrow(/got ATLANTIS/);
});
