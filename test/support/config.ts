import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import type { DeploymentConfig, InferenceServiceConfig, RegionConfig } from '../../regions/config/schema';

const ACCOUNT = '123456789012';

/** A valid inference service: vLLM on one L40S. */
export function inferenceService(overrides: Partial<InferenceServiceConfig> = {}): InferenceServiceConfig {
  return {
    engine: 'vllm',
    image: 'vllm/vllm-openai:v0.24.0-cu129',
    model: { repository: 'Qwen/Qwen3-8B-FP8', revision: 'a'.repeat(40) },
    instanceType: 'g6e.2xlarge',
    gpus: 1,
    callsPerReplica: 25,
    ...overrides,
  };
}

/** A valid two-cell region of us-east-1; give another region its own certificate ARN, CIDR and hostname. */
export function regionConfig(overrides: Partial<RegionConfig> = {}): RegionConfig {
  return {
    vpcCidr: '10.20.0.0/16',
    peakConcurrentCalls: 100,
    cells: { azIds: ['use1-az4', 'use1-az6'] },
    carriers: [
      {
        name: 'carrier-a',
        signallingCidrs: ['198.51.100.0/28'],
        mediaCidrs: ['198.51.100.0/24'],
        transport: 'tls',
        srtp: 'required',
        maxCalls: 100,
        maxCallsPerSecond: 10,
        failoverOrder: 1,
      },
    ],
    sip: {
      hostname: 'sip.use1.demo.example.com',
      certificateSecretArn: `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:sip-certificate-AbCdEf`,
    },
    fallbackNumber: '+12025550100',
    numbers: [{ number: '+12025550101', function: 'support', persona: 'calm', language: 'en-US', queue: 'support' }],
    queues: [{ name: 'support', uri: 'sip:+12025550199@carrier.example.com', how: 'refer' }],
    edge: { instanceType: 'c7i.large', callsPerNode: 200 },
    media: { kind: 'asterisk', instanceType: 'c7i.2xlarge', callsPerNode: 40 },
    inference: {
      stt: inferenceService({
        engine: 'speaches',
        image: 'ghcr.io/speaches-ai/speaches:0.9.0-rc.3-cuda-12.6.3',
        model: { repository: 'Systran/faster-whisper-large-v3', revision: 'b'.repeat(40) },
        instanceType: 'g6.2xlarge',
      }),
      llm: inferenceService(),
      tts: inferenceService({
        engine: 'kokoro',
        image: 'ghcr.io/remsky/kokoro-fastapi-gpu:v0.3.0',
        model: { repository: 'hexgrad/Kokoro-82M', revision: 'c'.repeat(40) },
        instanceType: 'g6.2xlarge',
      }),
    },
    ...overrides,
  };
}

/** A valid production deployment of one region and no framework; a test overrides only what it is about. */
export function deploymentConfig(overrides: Partial<DeploymentConfig> = {}): DeploymentConfig {
  return {
    deployment: 'demo',
    account: ACCOUNT,
    purpose: 'production',
    frameworks: [],
    jurisdiction: 'US',
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
    consent: { mode: 'notice', onRefusal: 'no-record' },
    aiDisclosure: 'always',
    alarms: { email: 'ops@demo.example.com' },
    monthlyBudgetUsd: 1000,
    accountServices: { config: 'existing', guardDuty: 'existing', inspector: 'existing' },
    regions: { 'us-east-1': regionConfig() },
    ...overrides,
  };
}

/** The same deployment as the text of a file. */
export const deploymentYaml = (overrides: Partial<DeploymentConfig> = {}): string =>
  stringify(deploymentConfig(overrides), { aliasDuplicateObjects: false });

/** Path of a new temporary YAML file with this text. */
export function yamlFile(text: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'voicecell-')), 'demo.yaml');
  writeFileSync(file, text);
  return file;
}
