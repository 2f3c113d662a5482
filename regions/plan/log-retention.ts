/**
 * The days a CloudWatch log group can be told to keep its events; any other number is refused.
 * Source: CloudWatch Logs API reference, PutRetentionPolicy, `retentionInDays`.
 */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Ten calendar years. */
export const LONGEST_LOG_DAYS = Math.max(...LOG_RETENTION_DAYS);

export type LogRetentionDays = (typeof LOG_RETENTION_DAYS)[number];

/** The shortest retention CloudWatch accepts that keeps events for `days`; undefined, which is for ever, above 3653. */
export function logRetentionDays(days: number): LogRetentionDays | undefined {
  return LOG_RETENTION_DAYS.find((allowed) => allowed >= days);
}
