import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import type { ECSClient } from '@aws-sdk/client-ecs';
import { type Identity, identityOf, instanceOf, serviceOf } from './ecs';
import { Holder } from './hold';
import { targetState } from './instance';
import type { LifeOptions } from './life';
import type { LifeSettings } from './settings';

/** Nothing of AWS may hold up a look. */
export const clientFor = (region: string) => ({
  region,
  maxAttempts: 1,
  requestHandler: { requestTimeout: 1_500, connectionTimeout: 1_000 },
});

/** A node's life as ECS, Auto Scaling and the instance itself tell it. */
export function lifeIn(ecs: ECSClient, settings: LifeSettings): LifeOptions {
  const { cluster, ownService, metadata, region } = settings;
  const autoScaling = new AutoScalingClient(clientFor(region));
  let identity: Identity | undefined;
  return {
    self: async () => (identity ??= await identityOf(ecs, cluster, metadata)),
    sight: async () => {
      const [target, instance, service] = await Promise.all([
        targetState(),
        identity && instanceOf(ecs, cluster, identity),
        serviceOf(ecs, cluster, ownService),
      ]);
      return { target, instance: instance?.status, ec2InstanceId: instance?.ec2InstanceId, service };
    },
    holder: ({ task }) =>
      new Holder({
        ...settings,
        ecs,
        autoScaling,
        task,
        group: settings.autoScalingGroup,
        hook: settings.drainHook,
        now: () => performance.now(),
      }),
  };
}
