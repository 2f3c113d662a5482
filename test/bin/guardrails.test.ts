import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { run } from '../../bin/commands/guardrails';
import { endpointDocuments } from '../../bin/endpoint-documents';
import type { Guardrails } from '../../compliance/guardrails';
import { NetworkStack } from '../../lib/stacks/network';
import { templateOf, testApp } from '../support/cdk';
import { ran } from '../support/command';
import { deploymentConfig, deploymentYaml, yamlFile } from '../support/config';
import { regionPlan } from '../support/region-plan';

const place = (): string => path.join(mkdtempSync(path.join(tmpdir(), 'voicecell-')), 'guard rails');

test('it says what is denied, what is left out and how to attach the rest, in 80 columns', async () => {
  const { code, out } = await ran(run, 'sandbox');
  expect(code).toBe(0);
  expect(out).toContain('region-deny\n  service control policy, ');
  expect(out).toContain('  denies replicas of keys outside these regions');
  expect(out).toContain('everybody to read the buckets of AWS');
  expect(out).toContain('note: endpoints without a policy: ecs-agent');
  expect(out).toContain('left out  resource-perimeter: the deployment names no organization');
  expect(out).toMatch(/create-policy --type SERVICE_CONTROL_POLICY \\\n {2}--name voicecell-sandbox-region-deny/);
  expect(out).toContain('attach-policy --policy-id "$ID" --target-id 111122223333');
  expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('with an organization, its id is compared before strangers are locked out', async () => {
  const { out } = await ran(run, 'europe');
  expect(out).toContain('describe-organization --query Organization.Id # o-exampleorgid');
  expect(out).toContain('--policy-type RESOURCE_CONTROL_POLICY');
  expect(out).not.toContain('left out');
});

test('each policy is a file as AWS takes it, and the commands name it', async () => {
  const out = place();
  const { out: text } = await ran(run, 'europe', '--out', `${out}/`);
  const files = readdirSync(out);
  expect(files).toEqual(
    expect.arrayContaining([
      'ai-opt-out.json',
      'endpoints-eu-central-1-s3.json',
      'endpoints-eu-south-2-dynamodb.json',
      'region-deny.json',
      'resource-perimeter.json',
    ]),
  );
  for (const file of files) {
    const content = readFileSync(path.join(out, file), 'utf8');
    expect(content).toBe(JSON.stringify(JSON.parse(content)));
  }
  expect(text).toContain(`--content 'file://${out}/region-deny.json'`);
});

test('as JSON it is all of them and nothing else', async () => {
  const { out } = await ran(run, 'europe', '--json');
  const { policies, endpoints, problems } = JSON.parse(out) as Guardrails;
  expect(policies.map(({ id }) => id)).toEqual(['region-deny', 'resource-perimeter', 'ai-opt-out']);
  expect(endpoints.map(({ id }) => id)).toContain('endpoints-eu-south-2-s3');
  expect(problems).toEqual([]);
});

test('the endpoint policies it prints are those of the template, one for each endpoint that has one', () => {
  const plan = regionPlan();
  const app = testApp();
  const env = { account: plan.account, region: plan.region };
  const logKey = Key.fromKeyArn(
    new Stack(app, 'keys', { env }),
    'LogKey',
    `arn:aws:kms:${plan.region}:${plan.account}:key/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f`,
  );
  const endpoints = templateOf(new NetworkStack(app, 'network', { plan, logKey })).findResources(
    'AWS::EC2::VPCEndpoint',
  );
  const held = Object.values(endpoints)
    .map(({ Properties }) => Properties as { ServiceName: string; PolicyDocument?: object })
    .filter(({ PolicyDocument }) => PolicyDocument)
    .map(({ ServiceName, PolicyDocument }) => [ServiceName, PolicyDocument]);
  const printed = endpointDocuments(plan).flatMap(({ region, services, document }) =>
    services.map((service) => [`com.amazonaws.${region}.${service}`, document]),
  );
  expect(Object.fromEntries(printed)).toEqual(Object.fromEntries(held));
  expect(printed).toHaveLength(held.length);
});

test.each([
  ['no deployment', [], 'name one deployment: brokerage-us'],
  ['two deployments', ['sandbox', 'europe'], 'name one deployment'],
  ['an unknown deployment', ['sanbox'], 'got deployment sanbox, allowed'],
  ['a file in place of a folder', ['sandbox', '--out', yamlFile('')], '--out: got'],
  ['an unknown option', ['sandbox', '--jsno'], '--jsno: got an option that is not known, allowed --'],
])('%s is refused', async (_, args, line) => {
  const { code, out, err } = await ran(run, ...args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(line);
});

test('a policy that AWS would not take is no policy, and nothing is written', async () => {
  const person = (at: number): string => `arn:aws:iam::123456789012:user/${'r'.repeat(50)}${at}`;
  const { principals } = deploymentConfig();
  const recordsOfficer = Array.from({ length: 80 }, (_, at) => person(at));
  const out = place();
  const file = yamlFile(deploymentYaml({ principals: { ...principals, recordsOfficer } }));
  const { code, err } = await ran(run, file, '--out', out);
  expect(code).toBe(2);
  expect(err).toMatch(/^region-deny, statement PinBedrockRetention: got \d+ characters, allowed 5120/);
  expect(() => readdirSync(out)).toThrow('ENOENT');
});
