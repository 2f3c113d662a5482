import type { Carrier, EdgeInput, MediaInput, NumberFunction, Place } from '../media/contract';

/** What a deployment's plan would hand the containers' contract. Only what the daemons read differs from call to call. */
const place: Place = {
  deployment: 'demo',
  region: 'us-east-1',
  cell: 'use1-az4',
  cluster: 'demo-us-east-1-use1-az4',
  namespace: 'use1-az4.demo.voicecell.internal',
};
const ACCOUNT = '123456789012';

export const edgeInput = (carriers: readonly Carrier[]): EdgeInput => ({
  place,
  maxCallMinutes: 120,
  rtpPorts: { from: 10_000, to: 11_199 },
  sipHostname: 'sip.use1.demo.example',
  certificateSecretArn: `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:sip-certificate-AbCdEf`,
  carriers,
  edgeNodes: 1,
  outsideHosts: [],
  mediaCidr: '10.0.1.0/24',
  fallbackNumber: '+12025550100',
  mediaService: 'media',
});

export const mediaInput = (
  numbers: readonly NumberFunction[],
  models: MediaInput['inference'],
  calls = 40,
): MediaInput => ({
  place,
  maxCallMinutes: 120,
  callsPerNode: calls,
  rtpPorts: { from: 10_000, to: 10_119 },
  numbers,
  queues: [],
  queueCidrs: [],
  edgeCidr: '127.0.0.2/32',
  fallbackNumber: '+12025550100',
  consent: { mode: 'none', onRefusal: 'no-record' },
  aiDisclosure: 'never',
  inference: models,
  models: { stt: 'stt', llm: 'llm', tts: 'tts' },
  vault: {
    recordings: { bucket: `demo-recordings-${ACCOUNT}`, days: 1, lockMode: 'GOVERNANCE', clock: 'creation' },
    transcripts: { bucket: `demo-transcripts-${ACCOUNT}`, days: 1, lockMode: 'GOVERNANCE', clock: 'creation' },
    ledgerTable: 'demo-ledger',
    numberKeySecret: 'demo-number-key',
    writerRoleArn: `arn:aws:iam::${ACCOUNT}:role/demo-writer`,
  },
});

/** A carrier without TLS at one address. */
export const plainCarrierAt = (address: string, maxCalls = 50): Carrier => ({
  name: 'plain',
  signallingCidrs: [`${address}/32`],
  mediaCidrs: [`${address}/32`],
  transport: 'udp',
  srtp: 'none',
  maxCalls,
  maxCallsPerSecond: 50,
  failoverOrder: 1,
});
