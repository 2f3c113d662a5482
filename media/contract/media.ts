import { type MediaInput, placeEnv } from './input';
import { lifecycle } from './lifecycle';
import { MEMORY_MIB } from './memory';
import { METRICS } from './metrics';
import { LIVENESS, NODE } from './node';
import { PORTS } from './ports';
import type { ContainerContract } from './schema';

/** Containers of a media node: telephony media server, voice agent and recorder. */
export const mediaContainers = (input: MediaInput): ContainerContract[] => [
  asterisk(input),
  agent(input),
  recorder(input),
];

function common(input: MediaInput) {
  return { user: NODE.user, stopTimeoutSeconds: lifecycle(input.maxCallMinutes).stopTimeoutSeconds };
}

const SPOOL = { hostPath: NODE.spoolDirectory, containerPath: NODE.spoolDirectory, readOnly: false };
const RUN = { hostPath: NODE.runDirectory, containerPath: NODE.runDirectory, readOnly: false };

function asterisk(input: MediaInput): ContainerContract {
  return {
    ...common(input),
    name: 'asterisk',
    image: 'asset:asterisk',
    env: {
      ...placeEnv(input.place),
      SIP_PORT: String(PORTS.sip),
      RTP_PORT_MIN: String(input.rtpPorts.from),
      RTP_PORT_MAX: String(input.rtpPorts.to),
      HTTP_PORT: String(PORTS.asteriskHttp),
      AGENT_AUDIO_URL: `ws://127.0.0.1:${PORTS.agentAudio}/audio`,
      MAX_CALLS: String(input.callsPerNode),
      MAX_CALL_SECONDS: String(input.maxCallMinutes * 60),
      SPOOL_DIRECTORY: NODE.spoolDirectory,
    },
    ports: [
      { name: 'sip', protocol: 'udp', from: PORTS.sip, to: PORTS.sip },
      { name: 'sip', protocol: 'tcp', from: PORTS.sip, to: PORTS.sip },
      { name: 'rtp', protocol: 'udp', ...input.rtpPorts },
      { name: 'http', protocol: 'tcp', from: PORTS.asteriskHttp, to: PORTS.asteriskHttp },
    ],
    volumes: [RUN, SPOOL],
    health: { command: ['asterisk', '-rx', 'core show uptime'], ...LIVENESS },
    drainCommand: ['asterisk', '-rx', 'core stop gracefully'],
    memoryMiB: MEMORY_MIB.media.asterisk,
  };
}

function agent(input: MediaInput): ContainerContract {
  return {
    ...common(input),
    name: 'agent',
    image: 'asset:agent',
    env: {
      ...placeEnv(input.place),
      ...agentPolicyEnv(input),
      ...drainEnv(input),
      STT_URL: input.inference.stt,
      LLM_URL: input.inference.llm,
      TTS_URL: input.inference.tts,
      STT_MODEL: input.models.stt,
      LLM_MODEL: input.models.llm,
      TTS_MODEL: input.models.tts,
      AUDIO_PORT: String(PORTS.agentAudio),
      STATUS_PORT: String(PORTS.status),
      METRICS_NAMESPACE: METRICS.namespace,
    },
    ports: [
      { name: 'audio', protocol: 'tcp', from: PORTS.agentAudio, to: PORTS.agentAudio },
      { name: 'status', protocol: 'tcp', from: PORTS.status, to: PORTS.status },
    ],
    volumes: [RUN, SPOOL],
    health: { command: ['node', '/app/health.js'], ...LIVENESS },
    drainCommand: ['node', '/app/drain.js'],
    memoryMiB: MEMORY_MIB.media.agent,
  };
}

const agentPolicyEnv = (input: MediaInput) => ({
  MAX_CALLS: String(input.callsPerNode),
  NUMBERS: JSON.stringify(input.numbers),
  FALLBACK_NUMBER: input.fallbackNumber,
  CONSENT_MODE: input.consent.mode,
  CONSENT_ON_REFUSAL: input.consent.onRefusal,
  AI_DISCLOSURE: input.aiDisclosure,
  ...(input.cardData && {
    CARD_PAUSE_RESUME: String(input.cardData.pauseResume),
    CARD_DTMF_MASK: String(input.cardData.dtmfMask),
  }),
});

function drainEnv(input: MediaInput) {
  const { drainSeconds, hookHeartbeatSeconds, protectionMinutes } = lifecycle(input.maxCallMinutes);
  return {
    DRAIN_SECONDS: String(drainSeconds),
    HOOK_HEARTBEAT_SECONDS: String(hookHeartbeatSeconds),
    PROTECTION_MINUTES: String(protectionMinutes),
  };
}

function recorder(input: MediaInput): ContainerContract {
  return {
    ...common(input),
    name: 'recorder',
    image: 'asset:recorder',
    env: {
      ...placeEnv(input.place),
      SPOOL_DIRECTORY: NODE.spoolDirectory,
      RECORDINGS_BUCKET: input.vault.recordingsBucket,
      TRANSCRIPTS_BUCKET: input.vault.transcriptsBucket,
      LEDGER_TABLE: input.vault.ledgerTable,
      WRITER_ROLE_ARN: input.vault.writerRoleArn,
      METRICS_NAMESPACE: METRICS.namespace,
    },
    volumes: [SPOOL],
    health: { command: ['node', '/app/health.js'], ...LIVENESS },
    drainCommand: ['node', '/app/drain.js'],
    memoryMiB: MEMORY_MIB.media.recorder,
  };
}
