import { z } from 'zod';
import { arn, count, isoDate, matching } from './forms';
import { regionSchema } from './region-schema';
import { retentionSchema } from './retention-schema';

/**
 * The shape of `regions/deployments/<name>.yaml`. One schema serves the reader, the types and the editors' JSON Schema.
 * Rules that need more than one field, or the catalogue, live in `semantics.ts`.
 */

export { DATA_CLASSES, type DataClass, type LockMode, type Settlement } from './retention-schema';
export type { InferenceServiceConfig, RegionConfig } from './region-schema';

export const FRAMEWORKS = ['hipaa', 'finra', 'finra-taping', 'soc2', 'pci'] as const;
export const INFERENCE_TIERS = ['stt', 'llm', 'tts'] as const;

const accountService = z.enum(['existing', 'create', 'attested']);

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
  retention: retentionSchema,
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
  regions: z.record(z.string(), regionSchema),
});

/** A deployment file whose shape is right; `readDeployment` also judges its meaning. */
export type DeploymentConfig = z.infer<typeof deploymentSchema>;
export type Framework = (typeof FRAMEWORKS)[number];
export type InferenceTier = (typeof INFERENCE_TIERS)[number];
