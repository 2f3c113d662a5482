/** Where the SDKs of AWS look as well. */
const IMDS = `${process.env['AWS_EC2_METADATA_SERVICE_ENDPOINT'] ?? 'http://169.254.169.254'}/latest`;
const TIMEOUT_MS = 1_000;
const TOKEN_SECONDS = 60;

/**
 * Where Auto Scaling is taking this instance; undefined if that was not answered. Instance metadata by session token
 * (IMDSv2), which containers on the host's network reach within the one hop that nodes allow.
 */
export async function targetState(base = IMDS): Promise<string | undefined> {
  try {
    const token = await text(`${base}/api/token`, {
      method: 'PUT',
      headers: { 'x-aws-ec2-metadata-token-ttl-seconds': String(TOKEN_SECONDS) },
    });
    return await text(`${base}/meta-data/autoscaling/target-lifecycle-state`, {
      headers: { 'x-aws-ec2-metadata-token': token },
    });
  } catch {
    return undefined;
  }
}

async function text(url: string, request: RequestInit): Promise<string> {
  const response = await fetch(url, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return (await response.text()).trim();
}
