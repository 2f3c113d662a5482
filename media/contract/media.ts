import { type MediaInput, type NumberFunction, placeEnv, type VaultInput } from './input';
import { holdEnv, lifecycle } from './lifecycle';
import { MEMORY_MIB } from './memory';
import { METRICS } from './metrics';
import { LIVENESS, NODE } from './node';
import { PORTS } from './ports';
import type { ContainerContract } from './schema';

/** Containers of a media node: telephony media server, voice agent, recorder, and what holds the node for them. */
export const mediaContainers = (input: MediaInput): ContainerContract[] => [
  server(input),
  agent(input),
  recorder(input),
  holder(input),
];

function common(input: MediaInput) {
  return { user: NODE.user, stopTimeoutSeconds: lifecycle(input.maxCallMinutes).stopTimeoutSeconds };
}

const SPOOL = { hostPath: NODE.spoolDirectory, containerPath: NODE.spoolDirectory, readOnly: false };
/** With what is mounted there while the container runs (docs/adr/0018). */
const ADOPTED = {
  hostPath: NODE.adoptedDirectory,
  containerPath: `${NODE.adoptedDirectory}:rslave`,
  readOnly: false,
};
const RUN = { hostPath: NODE.runDirectory, containerPath: NODE.runDirectory, readOnly: false };

const ASTERISK = ['asterisk', '-C', `${NODE.runDirectory}/server/etc/asterisk.conf`, '-rx'];

function server(input: MediaInput): ContainerContract {
  return {
    ...common(input),
    name: 'server',
    image: 'asset:server',
    env: { ...placeEnv(input.place), ...serverPorts(input), ...serverPolicyEnv(input) },
    ports: [
      { name: 'sip', protocol: 'udp', from: PORTS.sip, to: PORTS.sip },
      { name: 'sip', protocol: 'tcp', from: PORTS.sip, to: PORTS.sip },
      { name: 'rtp', protocol: 'udp', ...input.rtpPorts },
      { name: 'http', protocol: 'tcp', from: PORTS.asteriskHttp, to: PORTS.asteriskHttp },
    ],
    volumes: [RUN, SPOOL],
    health: { command: [...ASTERISK, 'core show uptime'], ...LIVENESS },
    drainCommand: [...ASTERISK, 'core stop gracefully'],
    memoryMiB: MEMORY_MIB.media.server,
  };
}

const serverPorts = (input: MediaInput) => ({
  SIP_ADDRESS: '0.0.0.0',
  SIP_PORT: String(PORTS.sip),
  EDGE_CIDRS: input.edgeCidr,
  RTP_PORT_MIN: String(input.rtpPorts.from),
  RTP_PORT_MAX: String(input.rtpPorts.to),
  HTTP_PORT: String(PORTS.asteriskHttp),
  MANAGER_PORT: String(PORTS.asteriskManager),
  CONTROL_PORT: String(PORTS.serverControl),
  AGENT_AUDIO_URL: `ws://127.0.0.1:${PORTS.agentAudio}/audio`,
});

const serverPolicyEnv = (input: MediaInput) => ({
  RUN_DIRECTORY: NODE.runDirectory,
  SPOOL_DIRECTORY: NODE.spoolDirectory,
  NO_NEW_CALLS_FILE: NODE.noNewCallsFile,
  LEAVING_FILE: NODE.leavingFile,
  MAX_CALLS: String(input.callsPerNode),
  MAX_CALL_SECONDS: String(input.maxCallMinutes * 60),
  CONSENT_MODE: input.consent.mode,
  CONSENT_ON_REFUSAL: input.consent.onRefusal,
  AI_DISCLOSURE: input.aiDisclosure,
  NUMBERS: JSON.stringify(input.numbers.map(serverNumber)),
  QUEUES: JSON.stringify(input.queues),
  ...(input.queueCidrs.length > 0 && { QUEUE_CIDRS: input.queueCidrs.join(',') }),
});

/** How a number is answered; what is said on it is the agent's. */
const serverNumber = ({ number, function: name, language, queue }: NumberFunction) => ({
  number,
  function: name,
  language,
  queue,
});

/** Without what is for people. */
const agentNumber = (number: NumberFunction) => ({ ...number, kpis: undefined });

function agent(input: MediaInput): ContainerContract {
  return {
    ...common(input),
    name: 'agent',
    image: 'asset:agent',
    env: {
      ...placeEnv(input.place),
      ...agentPolicyEnv(input),
      STT_URL: input.inference.stt,
      LLM_URL: input.inference.llm,
      TTS_URL: input.inference.tts,
      STT_MODEL: input.models.stt,
      LLM_MODEL: input.models.llm,
      TTS_MODEL: input.models.tts,
      SERVER_URL: `http://127.0.0.1:${PORTS.serverControl}`,
      SERVER_SECRET_FILE: NODE.serverSecretFile,
      SPOOL_DIRECTORY: NODE.spoolDirectory,
      NO_NEW_CALLS_FILE: NODE.noNewCallsFile,
      LEAVING_FILE: NODE.leavingFile,
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
  NUMBERS: JSON.stringify(input.numbers.map(agentNumber)),
  ...(input.toolProxy !== undefined && { TOOL_PROXY: input.toolProxy }),
  FALLBACK_NUMBER: input.fallbackNumber,
  CONSENT_MODE: input.consent.mode,
  CONSENT_ON_REFUSAL: input.consent.onRefusal,
  AI_DISCLOSURE: input.aiDisclosure,
  ...(input.cardData && {
    CARD_PAUSE_RESUME: String(input.cardData.pauseResume),
    CARD_DTMF_MASK: String(input.cardData.dtmfMask),
  }),
});

function recorder(input: MediaInput): ContainerContract {
  return {
    ...common(input),
    name: 'recorder',
    image: 'asset:recorder',
    env: {
      ...placeEnv(input.place),
      SPOOL_DIRECTORY: NODE.spoolDirectory,
      ADOPTED_DIRECTORY: NODE.adoptedDirectory,
      NO_NEW_CALLS_FILE: NODE.noNewCallsFile,
      ...vaultEnv('RECORDINGS', input.vault.recordings),
      ...vaultEnv('TRANSCRIPTS', input.vault.transcripts),
      LEDGER_TABLE: input.vault.ledgerTable,
      NUMBER_KEY_NAME: input.vault.numberKeySecret,
      STATUS_PORT: String(PORTS.recorderStatus),
      WRITER_ROLE_ARN: input.vault.writerRoleArn,
      METRICS_NAMESPACE: METRICS.namespace,
    },
    volumes: [RUN, SPOOL, ADOPTED],
    health: { command: ['node', '/app/health.js'], ...LIVENESS },
    drainCommand: ['node', '/app/drain.js'],
    memoryMiB: MEMORY_MIB.media.recorder,
  };
}

/** Holds task and instance until calls and spool are finished; the stacks add whose. */
function holder(input: MediaInput): ContainerContract {
  return {
    ...common(input),
    name: 'lifecycle',
    image: 'asset:roster',
    command: ['node', 'media-node.js'],
    env: {
      ...placeEnv(input.place),
      ...holdEnv(input.maxCallMinutes),
      SERVER_URL: `http://127.0.0.1:${PORTS.serverControl}`,
      SERVER_SECRET_FILE: NODE.serverSecretFile,
      RECORDER_URL: `http://127.0.0.1:${PORTS.recorderStatus}`,
      LEAVING_FILE: NODE.leavingFile,
      METRICS_NAMESPACE: METRICS.namespace,
    },
    volumes: [RUN],
    health: { command: ['node', '/app/health.js'], ...LIVENESS },
    // What it has drained the others see; it holds the node all the same.
    drainCommand: ['true'],
    memoryMiB: MEMORY_MIB.media.lifecycle,
  };
}

/** The ARN of its key only the stacks know: they add it. */
const vaultEnv = (name: string, { bucket, days, lockMode, clock }: VaultInput) => ({
  [`${name}_BUCKET`]: bucket,
  [`${name}_DAYS`]: String(days),
  [`${name}_LOCK`]: lockMode,
  [`${name}_CLOCK`]: clock,
});
