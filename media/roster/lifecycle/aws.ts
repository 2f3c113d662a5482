import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import type { ECSClient } from '@aws-sdk/client-ecs';
import { type Identity, identityOf, instanceOf, serviceOf } from './ecs';
import { Holder } from './hold';
import { targetState } from './instance';
import { holdFailureLine } from '../metrics';
import type { LifeOptions } from './life';
import type { LifeSettings } from './settings';
import { Settled } from './settled';
import { OwnWord } from './words';

/** Nothing of AWS may hold up a look: unless it is told to throw, the SDK only warns of a request that takes too long. */
export const clientFor = (region: string) => ({
  region,
  maxAttempts: 1,
  requestHandler: { requestTimeout: 1_500, connectionTimeout: 1_000, throwOnRequestTimeout: true },
});

/** A node's life as ECS, Auto Scaling and the instance itself tell it. */
export function lifeIn(ecs: ECSClient, settings: LifeSettings, print: (line: string) => void): LifeOptions {
  const { cluster, ownService, metadata, region } = settings;
  const autoScaling = new AutoScalingClient(clientFor(region));
  const settled = new Settled(settings.settleSeconds, () => performance.now());
  const word = new OwnWord(ecs, cluster);
  const tellFailure = () => print(holdFailureLine(settings, Date.now()));
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
        serviceOf(ecs, cluster, ownService),
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
        now: () => performance.now(),
        tellFailure,
      }),
    tellOthers: async (_, said, isWanted) => identity && word.say(identity, said, isWanted),
  };
}
