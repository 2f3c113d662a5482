/** Liveness for the container's health check: the recorder answers, however full the spool is. */
void fetch(`http://127.0.0.1:${process.env['STATUS_PORT']}/healthz`, { signal: AbortSignal.timeout(3_000) }).then(
  ({ ok }) => process.exit(ok ? 0 : 1),
  () => process.exit(1),
);
