import { known, type Answer, type Unknown } from '../../aws/answer';
import type { CertificateFacts } from '../../preflight/facts/certificate';
import type { AccountFacts, Facts, RegionFacts } from '../../preflight/facts/facts';
import { bucketsOf, stacksOf } from '../../regions/plan/stacks';
import { regionPlan } from '../support/region-plan';

export const NOW = new Date('2026-11-23T08:00:00Z');

export const ASKED = { askedAt: NOW, named: 'demo' };

/** An answer that did not come. */
export const silent: Unknown = { known: false, action: 'x:Y', why: 'not allowed: x:Y', remedy: 'allow x:Y' };

const nothing: Answer<undefined> = known(undefined);
const plan = regionPlan();
const types = new Set(['c7i.large', 'c7i.2xlarge', 'g6.2xlarge', 'g6e.2xlarge']);

export const certificate = (overrides: Partial<CertificateFacts> = {}): CertificateFacts => ({
  names: 'DNS:sip.use1.demo.example',
  covers: true,
  notBefore: new Date('2026-11-01T00:00:00Z'),
  notAfter: new Date('2027-02-01T00:00:00Z'),
  ...overrides,
});

/** An account ready for the first deployment of `regionPlan()`. */
export const regionFacts = (overrides: Partial<RegionFacts> = {}): RegionFacts => ({
  bootstraps: ['us-east-1', 'us-west-2'].map((region) => ({ region, version: known(30) })),
  stacks: stacksOf(plan).map((stack) => ({ ...stack, state: nothing })),
  buckets: bucketsOf(plan).map((bucket) => ({ ...bucket, state: known('absent') })),
  owners: [{ what: 'table', name: plan.names.ledgerTable, stack: nothing }],
  zones: known([
    { azId: 'use1-az4', name: 'us-east-1a' },
    { azId: 'use1-az6', name: 'us-east-1b' },
  ]),
  offerings: known(
    new Map([
      ['use1-az4', types],
      ['use1-az6', types],
    ]),
  ),
  endpointServices: known(
    plan.network.interfaceEndpoints.map((service) => ({ service, azIds: ['use1-az4', 'use1-az6'], azNames: [] })),
  ),
  machineImages: known(['ami-0aae19d30bab785d3', 'ami-09b49eab44165178f'].map((id) => ({ id, state: 'available' }))),
  capacity: known([]),
  elasticIps: known({ ours: 0, others: 0 }),
  vpcs: known({ ours: 0, others: 1 }),
  quotas: { standard: known(112), graphics: known(240), parallel: known(0), elasticIps: known(8), vpcs: known(5) },
  secrets: [{ arn: plan.sip.certificateSecretArn, state: known('present') }],
  certificate: known(certificate()),
  sipZones: known({ managed: [], foreign: [], delegated: known([]) }),
  containerImages: [
    {
      repository: 'demo-us-east-1/llm',
      image: { reference: 'example/llm:v1', digest: 'sha256:a', uri: 'u' },
      state: known('present'),
    },
  ],
  missingWeights: known([]),
  ...overrides,
});

export const accountFacts = (overrides: Partial<AccountFacts> = {}): AccountFacts => ({
  caller: { account: plan.account, arn: `arn:aws:sts::${plan.account}:assumed-role/operator/me` },
  regions: known(new Map(['us-east-1', 'us-west-2'].map((region) => [region, true]))),
  serviceRoles: [{ service: 'ecs.amazonaws.com', present: known(true) }],
  ...overrides,
});

export const facts = (region: Partial<RegionFacts> = {}, account: Partial<AccountFacts> = {}): Facts => ({
  ...ASKED,
  account: accountFacts(account),
  region: regionFacts(region),
});
