/** The drain command: no new calls; running ones end by themselves. */
void fetch(`http://127.0.0.1:${process.env['STATUS_PORT']}/drain`, {
  method: 'POST',
  signal: AbortSignal.timeout(3_000),
}).then(
  ({ ok }) => process.exit(ok ? 0 : 1),
  () => process.exit(1),
);
