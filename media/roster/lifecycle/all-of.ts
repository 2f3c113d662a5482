/** One that fails keeps no other back; what failed is told at the end. */
export async function allOf(...tasks: Promise<void>[]): Promise<void> {
  const done = await Promise.allSettled(tasks);
  const failed = done.flatMap((one) => (one.status === 'rejected' ? [(one.reason as Error).message] : []));
  if (failed.length > 0) throw new Error(failed.join('; '));
}
