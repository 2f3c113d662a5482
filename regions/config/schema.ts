import { z } from 'zod';
import { containerSchema } from '../../media/contract/schema';
import { ALLOWED_REFERENCE, IMAGE_WITH_TAG } from '../image-reference';

/**
 * The shape of `regions/deployments/<name>.yaml`. One schema serves the reader, the types and the editors' JSON Schema.
 * Rules that need more than one field, or the catalogue, live in `semantics.ts`.
 */

/** Text of a form; the words are the message of the reader and the title editors show. */
export const matching = (pattern: RegExp, words: string) => z.string().regex(pattern, words).meta({ title: words });

const cidr = matching(/^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/, 'an IPv4 CIDR such as 198.51.100.0/24');
const arn = matching(
  /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12})?:.+$/,
  'an ARN such as arn:aws:iam::111122223333:user/name',
);
const e164 = matching(/^\+[1-9]\d{6,14}$/, 'an E.164 number such as +12025550123');
const hostname = matching(
  /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
  'a lower-case DNS name such as sip.use1.example.com',
);
const instanceType = matching(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'an EC2 instance type such as c7i.2xlarge');
const isoDate = z.iso.date();
const count = z.int().positive();

export const FRAMEWORKS = ['hipaa', 'finra', 'finra-taping', 'soc2', 'pci'] as const;
export const DATA_CLASSES = ['recording', 'voicemail', 'transcript', 'prompt', 'cdr', 'log', 'posture'] as const;
export const INFERENCE_TIERS = ['stt', 'llm', 'tts'] as const;

const carrier = z.strictObject({
  name: matching(/^[a-z][a-z0-9-]{0,30}$/, 'lower-case letters, digits and dashes'),
  signallingCidrs: z.array(cidr).min(1).describe('the only sources SIP is accepted from'),
  mediaCidrs: z.array(cidr).min(1).describe('the only sources RTP is accepted from'),
  transport: z.enum(['tls', 'tcp', 'udp']),
  srtp: z.enum(['required', 'none']).describe('none needs a carrier that cannot do SRTP'),
  maxCalls: count.describe('concurrent calls; above it the edge answers 503'),
  maxCallsPerSecond: count.describe('new INVITEs a second; above it the edge answers 503 with Retry-After'),
  failoverOrder: count.describe('1 is tried first by the carrier that lists our edges'),
});

const model = z.strictObject({
  repository: matching(/^[\w.-]+\/[\w.-]+$/, 'a model repository such as Qwen/Qwen3-8B-FP8'),
  revision: matching(/^[0-9a-f]{40}$/, 'a commit of the model repository: 40 hexadecimal digits').describe(
    'a commit, never a branch or tag, so that weights never change by themselves',
  ),
});

const inferenceService = z.strictObject({
  engine: z.enum(['vllm', 'speaches', 'kokoro', 'custom']),
  image: matching(IMAGE_WITH_TAG, ALLOWED_REFERENCE).describe(
    'third-party image with a tag; the lock file turns it into a digest',
  ),
  model,
  instanceType,
  gpus: count.describe('GPUs one task needs'),
  callsPerReplica: count.describe(
    'concurrent calls one task carries inside its latency budget (declared, measured by you)',
  ),
  replicas: count.optional().describe('tasks always kept running per cell, when more than the calls ask for'),
  args: z.array(z.string()).optional().describe('arguments added after those of the engine'),
  custom: z
    .strictObject({
      command: z.array(z.string()).min(1),
      port: z.int().min(1).max(65535),
      healthPath: z.string().startsWith('/'),
      env: z.record(z.string(), z.string()).optional(),
      healthCommand: z
        .array(z.string())
        .min(1)
        .optional()
        .describe('run in the container without a shell; exits 0 when healthy (default: curl of healthPath)'),
      user: matching(/^[1-9]\d*:\d+$/, 'uid:gid of a user other than root, such as 1000:1000')
        .optional()
        .describe('default 1000:1000'),
    })
    .optional()
    .describe('required by engine: custom'),
  capacityReservation: z
    .enum(['none', 'create'])
    .optional()
    .describe('create keeps the minimum of GPUs reserved and paid for in the cell (default none)'),
  placementGroup: z
    .enum(['none', 'cluster'])
    .optional()
    .describe('cluster placement group of GPU nodes (default none)'),
});

const fleet = z.strictObject({
  instanceType,
  callsPerNode: count.describe('concurrent calls one node carries (declared, measured by you)'),
});

const mediaFleet = fleet.extend({
  kind: z.enum(['asterisk', 'custom']),
  containers: z
    .array(containerSchema)
    .min(1)
    .optional()
    .describe('required by kind: custom; replaces the whole container set'),
});

const cells = z.union([
  z.strictObject({
    azIds: z
      .array(matching(/^[a-z0-9]+-az\d+$/, 'an AZ id such as use1-az4'))
      .min(1)
      .max(4),
  }),
  z.strictObject({ count: z.int().min(1).max(4).describe('cells the planner places in AZ ids that offer every type') }),
]);

const region = z.strictObject({
  vpcCidr: cidr.describe('between /16 and /20'),
  peakConcurrentCalls: z.int().positive().max(100_000),
  quietConcurrentCalls: count
    .optional()
    .describe('calls the running minimum must carry (default: a quarter of the peak)'),
  cells,
  carriers: z.array(carrier).min(1),
  sip: z.strictObject({
    hostname: hostname.describe('the public name carriers dial; its parent zone is made by the network stack'),
    certificateSecretArn: arn.describe('Secrets Manager secret with the PEM chain and key for the hostname'),
  }),
  fallbackNumber: e164.describe('where new calls go when the region drains in an emergency'),
  numbers: z
    .array(
      z.strictObject({
        number: e164,
        function: z.string().min(1),
        persona: z.string().min(1),
        language: matching(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'a language tag such as en-US'),
        queue: z.string().min(1).describe('where a human takes over'),
      }),
    )
    .min(1),
  edge: fleet,
  media: mediaFleet,
  inference: z.strictObject({ stt: inferenceService, llm: inferenceService, tts: inferenceService }),
  maxCallMinutes: z
    .int()
    .min(1)
    .max(1440)
    .optional()
    .describe('bounds protection, stop timeouts and hooks (default 120)'),
  outsideHosts: z.array(hostname).optional().describe('hosts that tools and telemetry may reach, outside the hot path'),
});

const lockMode = z.enum(['GOVERNANCE', 'COMPLIANCE']);
const accountService = z.enum(['existing', 'create', 'attested']);

const ceiling = z
  .strictObject({
    days: z.int().min(1).max(36500),
    because: z.string().min(3).describe('who asks that data is gone by then: a contract, a policy, a law'),
    settledBy: z
      .strictObject({ legalBasis: z.string().min(3), approver: z.string().min(3), expires: isoDate })
      .optional()
      .describe('why a longer legal duty wins, such as GDPR Article 17(3)(b), who decided it, and until when'),
  })
  .describe('kept no longer than this');

export const deploymentSchema = z.strictObject({
  deployment: matching(
    /^(?=.{2,16}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    '2 to 16 lower-case letters, digits and single dashes inside such as voice-prod',
  ),
  account: matching(/^\d{12}$/, 'a quoted 12-digit account id'),
  purpose: z.enum(['sandbox', 'production']),
  frameworks: z.array(z.enum(FRAMEWORKS)),
  jurisdiction: z.string().describe('a key of the jurisdiction catalogue, such as US or EU'),
  organizationId: matching(/^o-[a-z0-9]{10,32}$/, 'an AWS Organizations id').optional(),
  acceptIrreversible: z.boolean().optional().describe('true permits COMPLIANCE locks, which nobody can undo'),
  principals: z.strictObject({
    playback: z.array(arn).min(1),
    recordsOfficer: z.array(arn).min(1),
    keyAdmin: z.array(arn).min(1),
    breakGlass: z.array(arn).min(1),
  }),
  attestations: z
    .array(
      z.strictObject({ id: z.string().min(1), statement: z.string().min(1), by: z.string().min(1), date: isoDate }),
    )
    .optional(),
  retention: z
    .partialRecord(
      z.enum(DATA_CLASSES),
      z.strictObject({
        days: z.int().min(1).max(36500).optional(),
        lockMode: lockMode.optional(),
        ceiling: ceiling.optional(),
      }),
    )
    .optional()
    .describe('longer or stricter than the frameworks ask for; never weaker'),
  allowedRegions: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('a contract or policy that keeps data in fewer regions than the jurisdiction has'),
  cardData: z
    .strictObject({
      pauseResume: z.boolean().describe('recording, transcription and the STT tap pause while a card is read out'),
      dtmfMask: z.boolean().describe('digits of the keypad reach the payment tool alone'),
    })
    .optional()
    .describe('callers pay by card; required by framework pci'),
  consent: z.strictObject({
    mode: z.enum(['none', 'notice', 'beep', 'explicit-dtmf', 'explicit-voice']),
    onRefusal: z.enum(['no-record', 'hangup', 'transfer']),
  }),
  aiDisclosure: z.enum(['always', 'outbound', 'never']),
  alarms: z.strictObject({ email: z.email() }).describe('who receives alarms and compliance alerts'),
  monthlyBudgetUsd: count,
  sessionManager: z.enum(['off', 'on']).optional().describe('on opens SSM Session Manager to the nodes (default off)'),
  accountServices: z.strictObject({
    config: accountService,
    guardDuty: accountService,
    inspector: z.enum(['existing', 'attested']).describe('CloudFormation cannot enable Inspector'),
  }),
  regions: z.record(z.string(), region),
});

/** A deployment file whose shape is right; `readDeployment` also judges its meaning. */
export type DeploymentConfig = z.infer<typeof deploymentSchema>;
/** One entry of a deployment's `regions`. */
export type RegionConfig = z.infer<typeof region>;
export type InferenceServiceConfig = z.infer<typeof inferenceService>;
export type Framework = (typeof FRAMEWORKS)[number];
export type DataClass = (typeof DATA_CLASSES)[number];
export type InferenceTier = (typeof INFERENCE_TIERS)[number];
export type LockMode = z.infer<typeof lockMode>;
