import type { Stack } from 'aws-cdk-lib';
import { BOOTSTRAP_VERSION } from '../../preflight/checks/bootstrap';
import { VoiceRegion } from '../../lib/voice-region';
import { bucketsOf, stacksOf } from '../../regions/plan/stacks';
import { templateOf, testApp } from '../support/cdk';
import { regionPlan } from '../support/region-plan';

const plan = regionPlan();
const region = new VoiceRegion(testApp(), plan.region, { plan });
const stacks = region.node.children as Stack[];

test('the stacks looked for are those that are deployed, each where it is', () => {
  const built = stacks.map(({ stackName, region: place }) => ({ name: stackName, region: place }));
  expect(stacksOf(plan)).toEqual(built);
});

test('the buckets looked for are those that are made, each where it is', () => {
  const built = stacks.flatMap((stack) =>
    Object.values(templateOf(stack).findResources('AWS::S3::Bucket')).map((bucket) => ({
      name: (bucket as { readonly Properties: { readonly BucketName: string } }).Properties.BucketName,
      region: stack.region,
    })),
  );
  expect(new Set(bucketsOf(plan))).toEqual(new Set(built));
});

test('the bootstrap asked for is the least that every template takes', () => {
  for (const stack of stacks) {
    const { CheckBootstrapVersion } = templateOf(stack).toJSON()['Rules'] as Record<string, unknown>;
    const refused = Array.from({ length: BOOTSTRAP_VERSION - 1 }, (_, index) => String(index + 1));
    expect(JSON.stringify(CheckBootstrapVersion)).toContain(JSON.stringify(refused));
  }
});
