/** What the contract (`media/contract`) and the cell's stack give every container that looks after its node's life. */
export interface LifeSettings {
  readonly region: string;
  readonly deployment: string;
  readonly cell: string;
  readonly metricsNamespace: string;
  readonly cluster: string;
  /** ECS service of this node. */
  readonly ownService: string;
  readonly protectionMinutes: number;
  readonly autoScalingGroup: string;
  readonly drainHook: string;
  readonly heartbeatSeconds: number;
  /** New tasks have to be up for so long before the old ones leave. */
  readonly settleSeconds: number;
  /** Where the ECS agent says which task this is. */
  readonly metadata: string;
}

/** A setting by its name; of one that is missing, nothing, and it is told at the end. */
export type Take = (name: string) => string;

/** What `read` makes of the environment; throws with every name that is missing. */
export function readEnv<T>(env: Readonly<Record<string, string | undefined>>, read: (take: Take) => T): T {
  const missing = new Set<string>();
  const settings = read((name) => {
    const value = env[name];
    if (!value) missing.add(name);
    return value ?? '';
  });
  if (missing.size > 0) throw new Error(`not set: ${[...missing].join(', ')}`);
  return settings;
}

export const lifeSettings = (take: Take): LifeSettings => ({
  region: take('AWS_REGION'),
  deployment: take('VOICECELL_DEPLOYMENT'),
  cell: take('VOICECELL_CELL'),
  metricsNamespace: take('METRICS_NAMESPACE'),
  cluster: take('VOICECELL_CLUSTER'),
  ownService: take('OWN_SERVICE'),
  protectionMinutes: Number(take('PROTECTION_MINUTES')),
  autoScalingGroup: take('AUTO_SCALING_GROUP'),
  drainHook: take('DRAIN_HOOK'),
  heartbeatSeconds: Number(take('HOOK_HEARTBEAT_SECONDS')),
  settleSeconds: Number(take('SETTLE_SECONDS')),
  metadata: take('ECS_CONTAINER_METADATA_URI_V4'),
});
