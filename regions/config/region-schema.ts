import { z } from 'zod';
import { containerSchema } from '../../media/contract/schema';
import { ALLOWED_REFERENCE, IMAGE_WITH_TAG } from '../image-reference';
import { numberSchema, queueNetworkSchema, queueSchema } from './call-schema';
import { arn, cidr, count, e164, hostname, instanceType, matching } from './forms';

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

export const regionSchema = z.strictObject({
  vpcCidr: cidr.describe('between /16 and /20'),
  peakConcurrentCalls: z.int().positive().max(100_000),
  quietConcurrentCalls: count
    .optional()
    .describe('calls the running minimum must carry (default: a quarter of the peak)'),
  cells,
  carriers: z.array(carrier).min(1),
  sip: z.strictObject({
    hostname: hostname.describe('the public name carriers dial; its parent zone is made by the network stack'),
    certificateSecretArn: arn.describe(
      'Secrets Manager secret with the PEM chain and key for the hostname; its whole ARN, with the six characters at the end',
    ),
    certificateKeyArn: arn
      .optional()
      .describe('KMS key of that secret, which edge tasks may then decrypt with (default: the key aws/secretsmanager)'),
  }),
  fallbackNumber: e164.describe('where new calls go when the region drains in an emergency'),
  numbers: z.array(numberSchema).min(1),
  queues: z.array(queueSchema).min(1).describe('where humans take over; nobody else is ever called'),
  queueNetwork: queueNetworkSchema
    .optional()
    .describe('the private network of bridged queues, behind a transit gateway; required by how: bridge'),
  edge: fleet,
  media: mediaFleet,
  inference: z.strictObject({ stt: inferenceService, llm: inferenceService, tts: inferenceService }),
  maxCallMinutes: z
    .int()
    .min(1)
    .max(1440)
    .optional()
    .describe('bounds protection, stop timeouts and hooks (default 120)'),
  outsideHosts: z
    .array(hostname)
    .optional()
    .describe('hosts that tools and telemetry may reach by HTTPS through the proxy of the edge, outside the hot path'),
});

/** One entry of a deployment's `regions`. */
export type RegionConfig = z.infer<typeof regionSchema>;
export type InferenceServiceConfig = z.infer<typeof inferenceService>;
