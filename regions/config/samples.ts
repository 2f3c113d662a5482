import type { ContainerContract } from '../../media/contract/schema';
import type { DeploymentConfig, RegionConfig } from './schema';

/** What the two samples differ in: every value that a rule compares with another. What may be left out is in both, too. */
interface Choice {
  readonly account: string;
  readonly region: string;
  readonly calls: number;
  readonly nodeType: string;
  readonly gpuType: string;
  readonly azId: string;
  readonly cidr: string;
  readonly vpcCidr: string;
  /** Minutes, seconds, MiB and ports, all far apart. */
  readonly amount: number;
  readonly user: string;
  readonly capacityReservation: 'none' | 'create';
  readonly placementGroup: 'none' | 'cluster';
}

const sampleContainer = ({ account, region, amount, user }: Choice): ContainerContract => ({
  name: `container-${region}`,
  image: `${account}.dkr.ecr.${region}.amazonaws.com/sample@sha256:${'0'.repeat(64)}`,
  command: [`sample-${region}`],
  env: { SAMPLE: region },
  secrets: { SAMPLE: `arn:aws:secretsmanager:${region}:${account}:secret:sample-AbCdEf` },
  ports: [{ name: 'sip', protocol: 'udp', from: amount, to: amount }],
  volumes: [{ hostPath: `/run/voicecell/${region}`, containerPath: `/${region}`, readOnly: amount > 1000 }],
  health: { command: ['sample'], intervalSeconds: 5, timeoutSeconds: 2, retries: 1, startPeriodSeconds: 0 },
  drainCommand: [`sample-${region}`],
  stopTimeoutSeconds: amount * 60,
  memoryMiB: amount * 16,
  user,
  capabilities: [`SAMPLE_${amount}`],
});

const sampleService = ({
  region,
  gpuType,
  calls,
  amount,
  user,
  ...choice
}: Choice): RegionConfig['inference']['llm'] => ({
  engine: 'vllm',
  image: 'example/vllm:1',
  model: { repository: 'example/model', revision: '0'.repeat(40) },
  instanceType: gpuType,
  gpus: 1,
  callsPerReplica: calls,
  replicas: amount,
  args: [`--sample-${region}`],
  custom: {
    command: [`sample-${region}`],
    port: amount,
    healthPath: `/${region}`,
    env: { SAMPLE: region },
    healthCommand: [`sample-${region}`],
    user,
  },
  capacityReservation: choice.capacityReservation,
  placementGroup: choice.placementGroup,
});

const sampleNumber = ({ region, amount }: Choice): RegionConfig['numbers'][number] => ({
  number: '+12025550101',
  function: 'sample',
  persona: 'sample',
  language: 'en-US',
  queue: 'sample',
  greeting: `sample ${region}`,
  voice: `sample-${region}`,
  model: `example/${region}`,
  tools: [
    {
      name: `sample_${amount}`,
      description: 'sample',
      parameters: { sample: region },
      url: `https://${region}.example.com/sample`,
      timeoutMs: amount + 100,
      takesDigits: amount > 1,
    },
  ],
  kpis: [{ measure: 'sample', target: region }],
});

const sampleRegion = (choice: Choice): RegionConfig => ({
  vpcCidr: choice.vpcCidr,
  peakConcurrentCalls: choice.calls,
  quietConcurrentCalls: choice.calls,
  cells: { azIds: [choice.azId] },
  carriers: [
    {
      name: `carrier-${choice.region}`,
      signallingCidrs: [choice.cidr],
      mediaCidrs: [choice.cidr],
      transport: 'tls',
      srtp: 'required',
      maxCalls: choice.calls,
      maxCallsPerSecond: choice.calls,
      failoverOrder: choice.calls,
    },
  ],
  sip: {
    hostname: `sip.${choice.region}.example.com`,
    certificateSecretArn: `arn:aws:secretsmanager:${choice.region}:${choice.account}:secret:sample-AbCdEf`,
    certificateKeyArn: `arn:aws:kms:${choice.region}:${choice.account}:key/mrk-${'0'.repeat(32)}`,
  },
  fallbackNumber: '+12025550100',
  numbers: [sampleNumber(choice)],
  queues: [
    { name: 'sample', uri: `sip:sample@sip.${choice.region}.example.com`, how: choice.amount > 1 ? 'bridge' : 'refer' },
  ],
  queueNetwork: {
    transitGatewayId: `tgw-${choice.account.slice(0, 8)}`,
    signallingCidrs: [choice.cidr],
    mediaCidrs: [choice.cidr],
  },
  edge: { instanceType: choice.nodeType, callsPerNode: choice.calls },
  media: {
    kind: 'asterisk',
    instanceType: choice.nodeType,
    callsPerNode: choice.calls,
    containers: [sampleContainer(choice)],
  },
  inference: { stt: sampleService(choice), llm: sampleService(choice), tts: sampleService(choice) },
  maxCallMinutes: choice.amount,
  outsideHosts: [`${choice.region}.example.com`],
});

const sampleCeiling = (days: number) => ({
  days,
  because: 'sample',
  settledBy: { legalBasis: 'sample', approver: 'sample', expires: '2027-01-31' },
});

const sampleConfig = (
  choice: Choice,
  rest: Pick<
    DeploymentConfig,
    | 'purpose'
    | 'frameworks'
    | 'jurisdiction'
    | 'acceptIrreversible'
    | 'retention'
    | 'sessionManager'
    | 'allowedRegions'
    | 'cardData'
  >,
): DeploymentConfig => ({
  deployment: 'sample',
  account: choice.account,
  ...rest,
  principals: {
    playback: [`arn:aws:iam::${choice.account}:user/playback`],
    recordsOfficer: [`arn:aws:iam::${choice.account}:user/records`],
    keyAdmin: [`arn:aws:iam::${choice.account}:user/keys`],
    breakGlass: [`arn:aws:iam::${choice.account}:user/emergency`],
  },
  organizationId: 'o-sampleorgid',
  attestations: [{ id: `sample-${choice.region}`, statement: 'sample', by: 'sample', date: '2026-01-31' }],
  consent: { mode: 'notice', onRefusal: 'no-record' },
  aiDisclosure: 'always',
  alarms: { email: 'sample@example.com' },
  monthlyBudgetUsd: choice.calls,
  accountServices: { config: 'existing', guardDuty: 'existing', inspector: 'existing' },
  regions: { [choice.region]: sampleRegion(choice) },
});

/** A valid shape; the rules may find fault with it. */
export const LOW = sampleConfig(
  {
    account: '000000000000',
    region: 'us-east-1',
    calls: 1,
    nodeType: 'c7i.large',
    gpuType: 'g6.xlarge',
    azId: 'use1-az1',
    cidr: '198.51.100.0/28',
    vpcCidr: '10.0.0.0/20',
    amount: 1,
    user: '1:1',
    capacityReservation: 'none',
    placementGroup: 'none',
  },
  {
    purpose: 'sandbox',
    frameworks: ['soc2'],
    jurisdiction: 'US',
    acceptIrreversible: false,
    retention: { recording: { days: 1, lockMode: 'GOVERNANCE', ceiling: sampleCeiling(1) } },
    allowedRegions: ['us-east-1'],
    cardData: { pauseResume: false, dtmfMask: false },
    sessionManager: 'off',
  },
);

/** Another, as far from the first as can be. */
export const HIGH = sampleConfig(
  {
    account: '999999999999',
    region: 'eu-west-1',
    calls: 100_000,
    nodeType: 'm7i.48xlarge',
    gpuType: 'p5.48xlarge',
    azId: 'euw1-az1',
    cidr: '203.0.113.0/28',
    vpcCidr: '192.168.0.0/16',
    amount: 1440,
    user: '2:2',
    capacityReservation: 'create',
    placementGroup: 'cluster',
  },
  {
    purpose: 'production',
    frameworks: ['hipaa', 'finra', 'soc2'],
    jurisdiction: 'EU',
    acceptIrreversible: true,
    retention: { recording: { days: 36_500, lockMode: 'COMPLIANCE', ceiling: sampleCeiling(36_500) } },
    allowedRegions: ['eu-west-1'],
    cardData: { pauseResume: true, dtmfMask: true },
    sessionManager: 'on',
  },
);
