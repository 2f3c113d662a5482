import { requirementsFor } from '../../compliance/requirements';
import { retentionFor } from '../../regions/plan/retention';
import type { CellPlan, InferencePlan } from '../../regions/plan/cell-types';
import type { RegionPlan } from '../../regions/plan/types';
import type { InferenceTier } from '../../regions/config/schema';
import type { ContainerContract } from '../../media/contract/schema';

const ACCOUNT = '123456789012';
const REGION = 'us-east-1';
const PREFIX = 'demo-us-east-1';

const container = (name: string, image: string): ContainerContract => ({
  name,
  image,
  env: { CELL: 'use1-az4' },
  ports: [{ name: 'sip', protocol: 'tcp', from: 5061, to: 5061 }],
  volumes: [{ hostPath: '/run/voicecell', containerPath: '/run/voicecell', readOnly: true }],
  health: {
    command: ['/usr/local/bin/healthz'],
    intervalSeconds: 10,
    timeoutSeconds: 5,
    retries: 3,
    startPeriodSeconds: 30,
  },
  drainCommand: ['/usr/local/bin/drain'],
  stopTimeoutSeconds: 7200,
  memoryMiB: 1024,
  user: '1000:1000',
});

const inference = (tier: InferenceTier): InferencePlan => ({
  tier,
  serviceName: tier,
  engine: tier === 'llm' ? 'vllm' : tier === 'stt' ? 'speaches' : 'kokoro',
  image: {
    reference: `example/${tier}:v1`,
    digest: `sha256:${'a'.repeat(64)}`,
    uri: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${PREFIX}/${tier}@sha256:${'a'.repeat(64)}`,
  },
  model: { repository: `example/${tier}-model`, revision: 'abc123' },
  weightsPrefix: `example/${tier}-model/abc123/`,
  instanceType: tier === 'llm' ? 'g6e.2xlarge' : 'g6.2xlarge',
  amiId: 'ami-09b49eab44165178f',
  gpusPerTask: 1,
  tasksPerInstance: 1,
  callsPerTask: 25,
  tasks: { min: 2, max: 5 },
  instances: { min: 2, max: 5 },
  memoryMiB: 24000,
  sharedMemoryMiB: 1024,
  command: ['serve', '--port', '8000'],
  env: { HF_HUB_OFFLINE: '1' },
  user: '1000:1000',
  weights: tier === 'llm' ? 'streamed' : 'staged',
  port: 8000,
  healthPath: '/health',
  healthCommand: ['curl', '-fsS', 'http://127.0.0.1:8000/health'],
  graceSeconds: 1800,
  capacityReservation: 'none',
  placementGroup: 'none',
});

function cell(azId: string, index: number): CellPlan {
  const id = azId
    .split('-')
    .map((part) => part[0]?.toUpperCase() + part.slice(1))
    .join('');
  const base = index * 64;
  return {
    azId,
    id,
    name: `${PREFIX}-${azId}`,
    subnets: {
      edge: `10.20.${base}.0/21`,
      data: `10.20.${base + 8}.0/21`,
      media: `10.20.${base + 16}.0/20`,
      inference: `10.20.${base + 32}.0/19`,
    },
    mediaTaskRole: `${PREFIX}-${azId}-media-task`,
    namespace: `${azId}.demo.voicecell.internal`,
    calls: { min: 25, max: 100 },
    edge: {
      tier: 'edge',
      serviceName: 'edge',
      instanceType: 'c7i.large',
      amiId: 'ami-0aae19d30bab785d3',
      callsPerNode: 200,
      nodes: { min: 1, max: 2 },
      surge: 2,
      rtpPorts: { from: 10000, to: 11199 },
      containers: [container('kamailio', 'asset:edge/kamailio'), container('rtpengine', 'asset:edge/rtpengine')],
    },
    media: {
      tier: 'media',
      serviceName: 'media',
      instanceType: 'c7i.2xlarge',
      amiId: 'ami-0aae19d30bab785d3',
      callsPerNode: 40,
      nodes: { min: 1, max: 3 },
      surge: 3,
      rtpPorts: { from: 10000, to: 10119 },
      spoolGiB: 100,
      containers: [
        container('asterisk', 'asset:server'),
        container('agent', 'asset:agent'),
        container('recorder', 'asset:recorder'),
      ],
    },
    inference: (['stt', 'llm', 'tts'] as const).map((tier) => inference(tier)),
    elasticIps: 4,
  };
}

/** A finished plan of a small two-cell region; a test overrides only what it is about. */
export function regionPlan(overrides: Partial<RegionPlan> = {}): RegionPlan {
  return {
    formatVersion: 1,
    deployment: 'demo',
    purpose: 'production',
    account: ACCOUNT,
    region: REGION,
    partition: 'aws',
    jurisdiction: 'US',
    dataRegions: ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
    frameworks: ['hipaa', 'soc2'],
    requirements: requirementsFor(['hipaa', 'soc2']),
    organizationId: 'o-exampleorgid',
    home: true,
    names: {
      prefix: PREFIX,
      buckets: {
        recordings: `${PREFIX}-recordings-${ACCOUNT}`,
        transcripts: `${PREFIX}-transcripts-${ACCOUNT}`,
        cdr: `${PREFIX}-cdr-${ACCOUNT}`,
        posture: `${PREFIX}-posture-${ACCOUNT}`,
        logs: `${PREFIX}-logs-${ACCOUNT}`,
        weights: `${PREFIX}-weights-${ACCOUNT}`,
        recordingsCopy: `${PREFIX}-recordings-copy-${ACCOUNT}`,
        transcriptsCopy: `${PREFIX}-transcripts-copy-${ACCOUNT}`,
        cdrCopy: `${PREFIX}-cdr-copy-${ACCOUNT}`,
        postureCopy: `${PREFIX}-posture-copy-${ACCOUNT}`,
        logsCopy: `${PREFIX}-logs-copy-${ACCOUNT}`,
      },
      keyAliases: {
        recording: `alias/${PREFIX}-recording`,
        transcript: `alias/${PREFIX}-transcript`,
        cdr: `alias/${PREFIX}-cdr`,
        posture: `alias/${PREFIX}-posture`,
        log: `alias/${PREFIX}-log`,
        topic: `alias/${PREFIX}-topic`,
        volume: `alias/${PREFIX}-volume`,
        weights: `alias/${PREFIX}-weights`,
        recordingCopy: `alias/${PREFIX}-recording-copy`,
        transcriptCopy: `alias/${PREFIX}-transcript-copy`,
        cdrCopy: `alias/${PREFIX}-cdr-copy`,
        postureCopy: `alias/${PREFIX}-posture-copy`,
        copiesTopic: `alias/${PREFIX}-copies-topic`,
      },
      ledgerTable: `${PREFIX}-ledger`,
      numberKeySecret: 'demo-number-key',
      ledgerStream: `${PREFIX}-ledger-changes`,
      ledgerDelivery: `${PREFIX}-ledger-delivery`,
      reconciler: `${PREFIX}-reconciler`,
      trail: `${PREFIX}-trail`,
      topic: `${PREFIX}-alarms`,
      copiesTopic: `${PREFIX}-copies-alerts`,
      roles: {
        writer: `${PREFIX}-writer`,
        playback: `${PREFIX}-playback`,
        recordsOfficer: `${PREFIX}-records-officer`,
        keyAdmin: `${PREFIX}-key-admin`,
        breakGlass: `${PREFIX}-break-glass`,
        replication: `${PREFIX}-replication`,
      },
      logGroupPrefix: '/voicecell/demo/us-east-1',
      repositories: { stt: `${PREFIX}/stt`, llm: `${PREFIX}/llm`, tts: `${PREFIX}/tts` },
      cfnExecutionRoleArn: `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${REGION}`,
    },
    network: {
      vpcCidr: '10.20.0.0/16',
      interfaceEndpoints: [
        'autoscaling',
        'ec2',
        'ecr.api',
        'ecr.dkr',
        'ecs',
        'ecs-agent',
        'ecs-telemetry',
        'kms',
        'logs',
        'secretsmanager',
        'servicediscovery',
        'sts',
      ],
      prefixLists: { s3: 'pl-63a5400a', dynamodb: 'pl-02cd2c6b' },
      awsOwnedBuckets: ['al2023-repos-us-east-1-de612dc2', 'prod-us-east-1-starport-layer-bucket'],
    },
    sip: {
      hostname: 'sip.use1.demo.example',
      zone: 'use1.demo.example',
      recordTtlSeconds: 30,
      certificateSecretArn: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:sip-certificate-AbCdEf`,
      carriers: [
        {
          name: 'carrier-a',
          signallingCidrs: ['198.51.100.0/28'],
          mediaCidrs: ['198.51.100.0/24'],
          transport: 'tls',
          srtp: 'required',
          maxCalls: 200,
          maxCallsPerSecond: 10,
          failoverOrder: 1,
        },
      ],
      fallbackNumber: '+12025550100',
      numbers: [{ number: '+12025550123', function: 'support', persona: 'calm', language: 'en-US', queue: 'support' }],
      queues: [{ name: 'support', uri: 'sip:+12025550199@carrier.example.com', how: 'refer' }],
    },
    cells: [cell('use1-az4', 0), cell('use1-az6', 1)],
    retention: retentionFor(requirementsFor(['hipaa', 'soc2']), {
      recording: { lockMode: 'COMPLIANCE' },
      transcript: { lockMode: 'COMPLIANCE' },
    }),
    copies: {
      region: 'us-west-2',
      kind: 'region',
      alerts: 'own',
      cfnExecutionRoleArn: `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-us-west-2`,
    },
    trail: {
      multiRegion: true,
      dataEventBuckets: [
        `${PREFIX}-recordings-${ACCOUNT}`,
        `${PREFIX}-transcripts-${ACCOUNT}`,
        `${PREFIX}-recordings-copy-${ACCOUNT}`,
        `${PREFIX}-transcripts-copy-${ACCOUNT}`,
      ],
    },
    principals: {
      playback: [
        `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_VoicePlayback_0a1b2c3d4e5f6071`,
      ],
      recordsOfficer: [
        `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_VoiceRecords_1b2c3d4e5f60718a`,
      ],
      keyAdmin: [
        `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_VoiceKeys_2c3d4e5f60718a9b`,
      ],
      breakGlass: [
        `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_VoiceEmergency_3d4e5f60718a9bac`,
      ],
    },
    attestations: [],
    consent: { mode: 'notice', onRefusal: 'no-record' },
    aiDisclosure: 'always',
    accountServices: { config: 'existing', guardDuty: 'existing', inspector: 'existing' },
    alarmEmail: 'ops@demo.example',
    monthlyBudgetUsd: 20000,
    sessionManager: 'off',
    budgets: {
      turnRoundTripMs: 200,
      spoolAgeSeconds: 900,
      spoolUsedPercent: 60,
      ledgerCopySeconds: 1800,
      certificateDays: 21,
      spareCapacityPercent: 10,
    },
    maxCallMinutes: 120,
    outsideHosts: [],
    baseImages: [],
    refusals: [],
    decisions: [],
    ...overrides,
  };
}
