import type { Template } from 'aws-cdk-lib/assertions';
import { guardrailsFor, type Guardrails } from '../../compliance/guardrails';
import { RES_11 } from '../../compliance/controls/RES-11';
import { RES_12 } from '../../compliance/controls/RES-12';
import type { Evidence } from '../../compliance/controls/evidence';
import type { ResourceBody } from '../../compliance/templates/template-set';
import { GuardrailsStack } from '../../lib/stacks/guardrails';
import type { RegionPlan } from '../../regions/plan/types';
import { templateOf, testApp } from '../support/cdk';
import { answersOf, complaintsOf, evidence } from '../support/evidence';
import { regionPlan } from '../support/region-plan';

const EU = ['eu-central-1', 'eu-west-1'];
const TARGET = 'ou-ab12-cd34ef56';

function templateFor(plan: RegionPlan, policies: Guardrails['policies'] = guardrailsFor([plan]).policies): Template {
  const { deployment } = plan;
  const props = { deployment, account: '210987654321', policies, targetIds: [TARGET] } as const;
  return templateOf(new GuardrailsStack(testApp(), 'guardrails', props));
}

const evidenceOf = (template: Template, regions: readonly string[]): Evidence =>
  evidence(template.toJSON()['Resources'] as Readonly<Record<string, ResourceBody>>, { regions });

test.each([
  ['the United States', regionPlan()],
  ['Europe', regionPlan({ dataRegions: EU, region: 'eu-central-1' })],
])('it meets RES-11 and RES-12 for %s', (_, plan) => {
  const given = evidenceOf(templateFor(plan), plan.dataRegions);
  expect(answersOf(RES_11, given)).toEqual(['met']);
  expect(answersOf(RES_12, given)).toEqual(['met']);
});

test('without an organization it lets strangers in, and RES-12 says so', () => {
  const { organizationId, ...plan } = regionPlan();
  const complaints = complaintsOf(RES_12, evidenceOf(templateFor(plan), plan.dataRegions));
  expect(organizationId).toBeDefined();
  expect(complaints).toEqual([expect.stringContaining('no attached policy denies resources to strangers')]);
});

test.each(['region-deny', 'ai-opt-out'])('without %s a control is not met', (id) => {
  const plan = regionPlan();
  const policies = guardrailsFor([plan]).policies.filter((policy) => policy.id !== id);
  const given = evidenceOf(templateFor(plan, policies), plan.dataRegions);
  expect([...answersOf(RES_11, given), ...answersOf(RES_12, given)]).toContain('unmet');
});

test('the ids of its policies stay, each is attached, and one is made after the other', () => {
  const template = templateFor(regionPlan());
  const policies = template.findResources('AWS::Organizations::Policy');
  expect(Object.entries(policies).map(([id, { DependsOn }]) => [id, DependsOn as unknown])).toEqual([
    ['RegionDeny', undefined],
    ['ResourcePerimeter', ['RegionDeny']],
    ['AiOptOut', ['ResourcePerimeter']],
  ]);
  template.allResourcesProperties('AWS::Organizations::Policy', { TargetIds: [TARGET] });
});

test('it is in the account of the organization, protected from deletion', () => {
  const { deployment } = regionPlan();
  const props = { deployment, account: '210987654321', policies: [], targetIds: [TARGET] } as const;
  const stack = new GuardrailsStack(testApp(), 'guardrails', props);
  expect(stack).toMatchObject({
    account: '210987654321',
    region: 'us-east-1',
    stackName: 'voicecell-demo-guardrails',
    terminationProtection: true,
  });
});
