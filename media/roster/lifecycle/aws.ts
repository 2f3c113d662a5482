import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import type { ECSClient } from '@aws-sdk/client-ecs';
import { type Identity, identityOf, instanceOf, serviceOf } from './ecs';
import { Holder } from './hold';
import { targetState } from './instance';
import { holdFailureLine } from '../metrics';
import type { LifeOptions } from './life';
import type { LifeSettings } from './settings';
import { Settled } from './settled';
import { Words } from './words';

/** Nothing of AWS may hold up a look: unless it is told to throw, the SDK only warns of a request that takes too long. */
export const clientFor = (region: string) => ({
  region,
  maxAttempts: 1,
  requestHandler: { requestTimeout: 1_500, connectionTimeout: 1_000, throwOnRequestTimeout: true },
});

export interface Log {
  readonly print: (line: string) => void;
  readonly warn: (message: string) => void;
}

const now = (): number => performance.now();

/** A node's life as ECS, Auto Scaling and the instance itself tell it. */
export function lifeIn(ecs: ECSClient, settings: LifeSettings, { print, warn }: Log): LifeOptions {
  const { cluster, ownService, metadata, region } = settings;
  const autoScaling = new AutoScalingClient(clientFor(region));
  const settled = new Settled(settings.settleSeconds, now);
  const tellFailure = () => print(holdFailureLine(settings, Date.now()));
  const words = new Words({ ecs, cluster, now, tellFailure, warn: (message) => warn(`lifecycle: ${message}`) });
  let identity: Identity | undefined;
  return {
    self: async () => {
      identity ??= await identityOf(ecs, cluster, metadata);
      if (!identity) tellFailure();
      return identity;
    },
    sight: async () => {
      const [target, instance, service] = await Promise.all([
        targetState(),
        identity && instanceOf(ecs, cluster, identity),
        serviceOf(ecs, cluster, ownService, (tasks) => words.told(tasks)),
      ]);
      return {
        target,
        instance: instance?.status,
        ec2InstanceId: instance?.ec2InstanceId,
        service: settled.seen(service),
      };
    },
    holder: ({ task }) =>
      new Holder({
        ...settings,
        ecs,
        autoScaling,
        task,
        group: settings.autoScalingGroup,
        hook: settings.drainHook,
        now,
        tellFailure,
      }),
    tellOthers: async (_, said, isWanted) => identity && words.say(identity, said, isWanted),
  };
}
