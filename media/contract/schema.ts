import { z } from 'zod';

/**
 * What a container of an edge or media node must state so that the cell can run, watch, drain and stop it.
 * The kit's own containers are written in this shape and a user's replacements are read in it.
 */
export const portSchema = z.strictObject({
  name: z.string().min(1),
  protocol: z.enum(['tcp', 'udp']),
  from: z.int().min(1).max(65535),
  to: z.int().min(1).max(65535),
});

export const containerSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'lower-case letters, digits and dashes'),
  image: z
    .string()
    .min(1)
    .describe('a folder of media/ built as an asset (asset:edge/kamailio), or an image reference'),
  command: z.array(z.string()).optional(),
  env: z.record(z.string(), z.string()).optional(),
  secrets: z.record(z.string(), z.string()).optional().describe('env name to Secrets Manager ARN'),
  ports: z.array(portSchema).optional(),
  volumes: z
    .array(z.strictObject({ hostPath: z.string(), containerPath: z.string(), readOnly: z.boolean() }))
    .optional(),
  health: z
    .strictObject({
      command: z.array(z.string()).min(1),
      intervalSeconds: z.int().min(5).max(300),
      timeoutSeconds: z.int().min(2).max(60),
      retries: z.int().min(1).max(10),
      startPeriodSeconds: z.int().min(0).max(300),
    })
    .describe('liveness, never readiness: a busy or draining node is healthy'),
  drainCommand: z.array(z.string()).min(1).describe('stops new calls and lets running ones end'),
  stopTimeoutSeconds: z.int().min(2),
  memoryMiB: z.int().min(16),
  user: z.string().min(1).describe('uid:gid, never root'),
  capabilities: z.array(z.string()).optional().describe('Linux capabilities added to none'),
});

export type ContainerContract = z.infer<typeof containerSchema>;
export type PortContract = z.infer<typeof portSchema>;
