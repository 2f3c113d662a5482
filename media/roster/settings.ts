/** What `media/contract/edge.ts` gives this container. */
export interface Settings {
  readonly region: string;
  readonly cluster: string;
  readonly deployment: string;
  readonly cell: string;
  /** Name of the media service in the cell's directory; its first label is the name of the ECS service. */
  readonly mediaService: string;
  readonly statusPort: number;
  readonly list: string;
  readonly rpc: string;
  readonly certificateSecretArn: string;
  readonly tlsDirectory: string;
  readonly metricsNamespace: string;
}

/** Throws with every name that is missing. */
export function settingsOf(env: Readonly<Record<string, string | undefined>>): Settings {
  const missing: string[] = [];
  const take = (name: string): string => {
    const value = env[name];
    if (!value) missing.push(name);
    return value ?? '';
  };
  const settings: Settings = {
    region: take('AWS_REGION'),
    cluster: take('VOICECELL_CLUSTER'),
    deployment: take('VOICECELL_DEPLOYMENT'),
    cell: take('VOICECELL_CELL'),
    mediaService: take('MEDIA_SERVICE'),
    statusPort: Number(take('MEDIA_STATUS_PORT')),
    list: take('DISPATCHER_LIST'),
    rpc: take('KAMAILIO_RPC'),
    certificateSecretArn: take('CERTIFICATE_SECRET_ARN'),
    tlsDirectory: take('TLS_DIRECTORY'),
    metricsNamespace: take('METRICS_NAMESPACE'),
  };
  if (missing.length > 0) throw new Error(`not set: ${missing.join(', ')}`);
  return settings;
}
