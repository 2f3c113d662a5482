import { requirementsOf } from '../../compliance/requirements';
import { CHECKS } from '../../preflight/checks';
import { known } from '../../aws/answer';
import type { AccountFacts, Facts, RegionFacts } from '../../preflight/facts/facts';
import { worst, type Finding, type State } from '../../preflight/verdict';
import type { RegionPlan } from '../../regions/plan/types';
import { regionPlan } from '../support/region-plan';
import { certificate, facts, silent } from './facts';

function findings(check: string, given: Facts, plan: RegionPlan = regionPlan()): readonly Finding[] {
  const found = CHECKS.find(({ name }) => name === check);
  if (!found) throw new Error(`no check ${check}`);
  return found.assess(plan, given);
}

const stateOf = (check: string, given: Facts, plan?: RegionPlan): State =>
  worst(findings(check, given, plan).map(({ state }) => state));

const said = (check: string, given: Facts, plan?: RegionPlan): string =>
  findings(check, given, plan)
    .map(({ found, remedy }) => `${found}; do ${remedy}`)
    .join('\n');

test('an account that is ready passes every check, and what the deployment makes comes later', () => {
  const states = CHECKS.map(({ name }) => [name, stateOf(name, facts())]);
  expect(states.filter(([, state]) => state !== 'ok')).toEqual([['SIP zone', 'later']]);
  expect(findings('P vCPUs', facts())).toEqual([]);
});

const stack = (status: string, terminationProtected = false) => ({
  stacks: [{ name: 'demo-us-east-1-records', region: 'us-east-1', state: known({ status, terminationProtected }) }],
});

test.each<[check: string, why: string, given: Partial<RegionFacts>, says: string]>([
  [
    'CDK bootstrap',
    'none in the copies region',
    { bootstraps: [{ region: 'us-west-2', version: known(undefined) }] },
    'npx cdk bootstrap aws://123456789012/us-west-2',
  ],
  ['CDK bootstrap', 'one too old', { bootstraps: [{ region: 'us-east-1', version: known(5) }] }, 'version 5'],
  [
    'stacks',
    'a failed creation that nobody may delete',
    stack('ROLLBACK_COMPLETE', true),
    '--no-enable-termination-protection',
  ],
  ['stacks', 'an update that is under way', stack('UPDATE_IN_PROGRESS'), 'wait'],
  ['stacks', 'a rollback that failed', stack('UPDATE_ROLLBACK_FAILED'), 'continue-update-rollback'],
  ['stacks', 'a deletion that failed', stack('DELETE_FAILED'), 'delete-stack'],
  ['stacks', 'a creation left as it failed', stack('CREATE_FAILED'), 'rollback-stack'],
  [
    'buckets',
    'a name of another account',
    { buckets: [{ name: 'b', region: 'us-east-1', state: known('taken') }] },
    "b is another account's",
  ],
  [
    'buckets',
    'a name of ours in another region',
    { buckets: [{ name: 'b', region: 'us-east-1', state: known('elsewhere') }] },
    'in another region',
  ],
  [
    'names',
    'a table of another stack',
    { owners: [{ what: 'table', name: 't', stack: known('billing') }] },
    'table t belongs to stack billing',
  ],
  [
    'Elastic IPs',
    'others have all but one',
    { elasticIps: known({ ours: 0, others: 1 }) },
    '--quota-code L-0263D0A3 --region us-east-1 --desired-value 9',
  ],
  ['VPCs', 'five of others', { vpcs: known({ ours: 0, others: 5 }) }, '--service-code vpc --quota-code L-F678F1CE'],
  [
    'Availability Zones',
    'an AZ id the account lacks',
    { zones: known([{ azId: 'use1-az4', name: 'us-east-1a' }]) },
    'no use1-az6 in this account',
  ],
  [
    'instance types',
    'an AZ without GPUs',
    { offerings: known(new Map([['use1-az4', new Set(['c7i.large', 'c7i.2xlarge', 'g6.2xlarge', 'g6e.2xlarge'])]])) },
    'use1-az6 offers no c7i.large',
  ],
  [
    'endpoint services',
    'no such service',
    { endpointServices: known([]) },
    'no interface endpoint service com.amazonaws.us-east-1.sts',
  ],
  ['AMIs of the lock', 'deregistered', { machineImages: known([]) }, 'no ami-0aae19d30bab785d3 in us-east-1'],
  [
    'AMIs of the lock',
    'disabled',
    { machineImages: known([{ id: 'ami-0aae19d30bab785d3', state: 'disabled' }]) },
    'is disabled',
  ],
  [
    'secrets',
    'none',
    { secrets: [{ arn: 'arn:aws:secretsmanager:us-east-1:1:secret:sip-AbCdEf', state: known('absent') }] },
    'no secret sip-AbCdEf',
  ],
  [
    'secrets',
    'half an ARN',
    { secrets: [{ arn: 'arn:aws:secretsmanager:us-east-1:1:secret:sip', state: known('part of an ARN') }] },
    'aws secretsmanager describe-secret --secret-id arn:aws:secretsmanager:us-east-1:1:secret:sip --region',
  ],
  [
    'secrets',
    'scheduled for deletion',
    { secrets: [{ arn: 'arn:aws:secretsmanager:us-east-1:1:secret:sip-AbCdEf', state: known('deleted') }] },
    'restore-secret --secret-id arn:aws:secretsmanager:us-east-1:1:secret:sip-AbCdEf --region us-east-1',
  ],
  [
    'SIP certificate',
    'of another name',
    { certificate: known(certificate({ covers: false, names: 'DNS:www.example' })) },
    'a certificate for DNS:www.example',
  ],
  [
    'SIP certificate',
    'not yet valid',
    { certificate: known(certificate({ notBefore: new Date('2026-12-01') })) },
    'valid only from 2026-12-01',
  ],
  [
    'SIP certificate',
    'expired',
    { certificate: known(certificate({ notAfter: new Date('2026-11-22') })) },
    'expired on 2026-11-22',
  ],
  [
    'SIP certificate',
    'without its key',
    { certificate: known(certificate({ problem: 'no PEM private key in the secret' })) },
    'no PEM private key',
  ],
  [
    'SIP zone',
    'a zone of the same name made by hand',
    { sipZones: known({ managed: [], foreign: ['Z1'], delegated: known([]) }) },
    'public zone Z1 has the name already',
  ],
  [
    'SIP zone',
    'made and not delegated',
    { sipZones: known({ managed: ['ns-1.aws'], foreign: [], delegated: known([]) }) },
    'set NS records: ns-1.aws',
  ],
  [
    'SIP zone',
    'delegated to somebody else',
    { sipZones: known({ managed: ['ns-1.aws'], foreign: [], delegated: known(['ns.old.']) }) },
    'delegated to ns.old',
  ],
  ['model weights', 'one not staged', { missingWeights: known(['m/1/manifest.json']) }, 'voicecell weights stage demo'],
])('%s will fail with %s', (check, _, given, says) => {
  expect(stateOf(check, facts(given))).toBe('will fail');
  expect(said(check, facts(given))).toContain(says);
});

test.each<[check: string, given: Partial<RegionFacts>]>([
  ['CDK bootstrap', { bootstraps: [{ region: 'us-east-1', version: silent }] }],
  ['stacks', { stacks: [{ name: 's', region: 'us-east-1', state: silent }] }],
  ['buckets', { buckets: [{ name: 'b', region: 'us-east-1', state: silent }] }],
  ['names', { owners: [{ what: 'table', name: 't', stack: silent }] }],
  ['Elastic IPs', { elasticIps: silent }],
  ['VPCs', { vpcs: silent }],
  ['Elastic IPs', { quotas: { ...facts().region.quotas, elasticIps: silent } }],
  ['VPCs', { quotas: { ...facts().region.quotas, vpcs: silent } }],
  ['standard vCPUs', { capacity: silent }],
  ['G and VT vCPUs', { capacity: silent }],
  ['G and VT vCPUs', { quotas: { ...facts().region.quotas, graphics: silent } }],
  ['standard vCPUs', { capacity: known([{ instanceType: 'c99.huge', count: 1, ours: false }]) }],
  ['Availability Zones', { zones: silent }],
  ['instance types', { offerings: silent }],
  ['endpoint services', { endpointServices: silent }],
  ['endpoint services', { zones: silent }],
  [
    'endpoint services',
    {
      endpointServices: known(
        regionPlan().network.interfaceEndpoints.map((service) => ({ service, azIds: [], azNames: [] })),
      ),
    },
  ],
  ['AMIs of the lock', { machineImages: silent }],
  ['secrets', { secrets: [{ arn: 'a', state: silent }] }],
  ['SIP certificate', { certificate: silent }],
  ['SIP zone', { sipZones: silent }],
  ['SIP zone', { sipZones: known({ managed: ['ns-1.aws'], foreign: [], delegated: silent }) }],
  [
    'container images',
    { containerImages: [{ repository: 'r', image: { reference: 'a', digest: 'sha256:a', uri: 'u' }, state: silent }] },
  ],
  ['model weights', { missingWeights: silent }],
])('%s cannot tell without an answer', (check, given) => {
  expect(stateOf(check, facts(given))).toBe('cannot tell');
});

test.each<[check: string, given: Partial<AccountFacts>, state: State, says: string]>([
  ['account', { caller: { account: '210987654321', arn: 'a' } }, 'will fail', 'sign in to 123456789012'],
  [
    'region enabled',
    {
      regions: known(
        new Map([
          ['us-east-1', true],
          ['us-west-2', false],
        ]),
      ),
    },
    'will fail',
    'us-west-2 is not enabled',
  ],
  ['region enabled', { regions: known(new Map()) }, 'will fail', 'the account knows no region us-east-1'],
  ['region enabled', { regions: silent }, 'cannot tell', 'not allowed'],
  [
    'service-linked roles',
    { serviceRoles: [{ service: 'ecs.amazonaws.com', present: known(false) }] },
    'will fail',
    '--aws-service-name ecs.amazonaws.com',
  ],
  [
    'service-linked roles',
    { serviceRoles: [{ service: 'ecs.amazonaws.com', present: silent }] },
    'cannot tell',
    'not allowed',
  ],
])('%s of the account: %j is %s', (check, given, state, says) => {
  expect(stateOf(check, facts({}, given))).toBe(state);
  expect(said(check, facts({}, given))).toContain(says);
});

describe('what is not there yet', () => {
  const image = { reference: 'example/llm:v1', uri: 'u' };
  const images = (state: 'no repository' | 'absent' | 'present', digest?: string): Partial<RegionFacts> => ({
    containerImages: [{ repository: 'r', image: { ...image, ...(digest ? { digest } : {}) }, state: known(state) }],
  });

  test.each<[why: string, check: string, given: Partial<RegionFacts>, state: State]>([
    ['no repository', 'container images', images('no repository', 'sha256:a'), 'later'],
    ['no repository and no lock', 'container images', images('no repository'), 'later'],
    ['an empty repository', 'container images', images('absent', 'sha256:a'), 'will fail'],
    ['a repository and no lock', 'container images', images('absent'), 'will fail'],
    ['a mirrored image', 'container images', images('present', 'sha256:a'), 'ok'],
    ['no weights bucket', 'model weights', { missingWeights: known(undefined) }, 'later'],
    ['no SIP zone', 'SIP zone', {}, 'later'],
  ])('%s makes %s %j: %s', (_, check, given, state) => {
    expect(stateOf(check, facts(given))).toBe(state);
  });
});

const ID = '12345678-1234-1234-1234-123456789012';
const KEY = `arn:aws:kms:us-east-1:123456789012:key/${ID}`;
const { sip } = regionPlan();
const withKey = regionPlan({ sip: { ...sip, certificateKeyArn: KEY } });
const under = (key: string) => facts({ secrets: [{ arn: sip.certificateSecretArn, state: known('own key'), key }] });

describe("a certificate's secret under a key of the account's own", () => {
  test.each([KEY, ID])('is ok when the file names it, answered as %s', (key) => {
    expect(findings('SIP certificate', under(key), withKey)).toMatchObject([{ state: 'ok' }]);
    expect(findings('secrets', under(key), withKey)).toEqual([
      expect.not.objectContaining({ remedy: expect.anything() }),
    ]);
  });

  test('fails when the file names none, or another', () => {
    expect(stateOf('SIP certificate', under(KEY))).toBe('will fail');
    expect(said('SIP certificate', under(KEY))).toContain(`aws kms describe-key --key-id ${KEY} --region us-east-1`);
    const other = KEY.replace('12345678', '00000000');
    expect(stateOf('SIP certificate', under(other), withKey)).toBe('will fail');
    expect(said('SIP certificate', under(other), withKey)).toContain(`while the file names ${KEY}`);
  });

  test.each(['alias/sip', 'arn:aws:kms:us-east-1:123456789012:alias/sip'])('is not known by the alias %s', (alias) => {
    expect(stateOf('SIP certificate', under(alias), withKey)).toBe('cannot tell');
    expect(said('SIP certificate', under(alias), withKey)).toContain(`--kms-key-id ${KEY}`);
  });

  test('is not judged where the secret did not answer', () => {
    const unanswered = facts({ secrets: [{ arn: sip.certificateSecretArn, state: silent }] });
    expect(findings('SIP certificate', unanswered, withKey)).toMatchObject([{ state: 'ok' }]);
  });
});

describe('ok with a note', () => {
  test('a secret under a key that the tasks are given no right to', () => {
    const arn = 'arn:aws:secretsmanager:us-east-1:1:secret:sip-AbCdEf';
    expect(findings('secrets', facts({ secrets: [{ arn, state: known('own key') }] }))).toMatchObject([
      { state: 'ok', remedy: expect.stringContaining('decrypt') },
    ]);
  });

  test('a key that edge tasks are given and the secret is not under', () => {
    expect(findings('SIP certificate', facts(), withKey)).toMatchObject([
      { state: 'ok' },
      { state: 'ok', remedy: expect.stringContaining('take it out') },
    ]);
  });

  test('a failed creation that the CDK CLI deletes by itself', () => {
    expect(findings('stacks', facts(stack('ROLLBACK_COMPLETE')))).toMatchObject([
      { state: 'ok', remedy: expect.stringContaining('again') },
    ]);
  });

  test('a deprecated AMI, which still starts', () => {
    const machineImages = known([
      { id: 'ami-0aae19d30bab785d3', state: 'available', deprecatedAt: '2026-11-22T00:00:00.000Z' },
      { id: 'ami-09b49eab44165178f', state: 'available', deprecatedAt: '2028-01-01T00:00:00.000Z' },
    ]);
    const [deprecated, young] = findings('AMIs of the lock', facts({ machineImages }));
    expect(deprecated).toMatchObject({ state: 'ok', found: 'ami-0aae19d30bab785d3, deprecated since 2026-11-22' });
    expect(young).not.toHaveProperty('remedy');
  });
});

test.each([
  [20, 'will fail'],
  [21, 'ok'],
])('a certificate with %i days left of the 21 the alarm watches: %s', (days, state) => {
  const notAfter = new Date(Date.parse('2026-11-23T08:00:00Z') + days * 86_400_000);
  expect(stateOf('SIP certificate', facts({ certificate: known(certificate({ notAfter })) }))).toBe(state);
});

test('names of AZs count where EC2 gives no ids, by this account’s own mapping', () => {
  const given = (azNames: readonly string[]): Facts =>
    facts({
      endpointServices: known(
        regionPlan().network.interfaceEndpoints.map((service) => ({ service, azIds: [], azNames })),
      ),
    });
  expect(stateOf('endpoint services', given(['us-east-1a', 'us-east-1b']))).toBe('ok');
  expect(said('endpoint services', given(['us-east-1a']))).toContain('ecr.api is served in use1-az4');
});

test('our own stacks may hold our names; a refusal of the plan is told with its remedy', () => {
  const owners = [{ what: 'bucket' as const, name: 'b', stack: known('demo-us-east-1-records') }];
  expect(stateOf('names', facts({ owners }))).toBe('ok');
  const plan = regionPlan({ refusals: ['image a/b:1 is unlocked; put its digest in the lock'] });
  expect(findings('plan', facts(), plan)).toMatchObject([
    { state: 'will fail', found: 'image a/b:1 is unlocked', remedy: 'put its digest in the lock' },
  ]);
});

test.each<[expires: string, state: State]>([
  ['2026-11-23', 'ok'],
  ['2026-11-22', 'will fail'],
])('a ceiling that is settled until %s, asked on 23 November: %s', (expires, state) => {
  const settledBy = { legalBasis: 'GDPR Article 17(3)(b)', approver: 'counsel', expires };
  const ceiling = { days: 400, because: 'the contract with Acme', settledBy };
  const requirements = requirementsOf({ frameworks: ['hipaa'], retention: { transcript: { ceiling } } });
  const plan = regionPlan({ requirements });
  expect(stateOf('plan', facts(), plan)).toBe(state);
  expect(said('plan', facts(), plan).includes('change retention.transcript.ceiling.settledBy.expires')).toBe(
    state !== 'ok',
  );
});

test('commands name the deployment as its user does', () => {
  const asked = {
    ...facts({
      missingWeights: known(['m']),
      machineImages: known([]),
      containerImages: [{ repository: 'r', image: { reference: 'a', digest: 'd', uri: 'u' }, state: known('absent') }],
    }),
    named: '../mine.yaml',
  };
  const refused = regionPlan({ refusals: ['image a/b:1 is unlocked; run voicecell images lock <deployment>'] });
  expect(said('plan', asked, refused)).toContain('`voicecell images lock ../mine.yaml`');
  expect(said('AMIs of the lock', asked)).toContain('`voicecell images lock ../mine.yaml --update --region us-east-1`');
  expect(said('container images', asked)).toContain('`voicecell images mirror ../mine.yaml`');
  expect(said('model weights', asked)).toContain('`voicecell weights stage ../mine.yaml`');
});
