/** The recorder leaves once its spool is empty and the media server is gone. */
void fetch(`http://127.0.0.1:${process.env['STATUS_PORT']}/drain`, {
  method: 'POST',
  signal: AbortSignal.timeout(3_000),
}).then(
  ({ ok }) => process.exit(ok ? 0 : 1),
  () => process.exit(1),
);
