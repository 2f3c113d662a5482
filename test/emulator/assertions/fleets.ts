import {
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
  DescribeLifecycleHooksCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeLaunchTemplateVersionsCommand, type ResponseLaunchTemplateData } from '@aws-sdk/client-ec2';
import { DescribeCapacityProvidersCommand } from '@aws-sdk/client-ecs';
import { lifecycle } from '../../../media/contract';
import type { Place } from './cell';
import { type Check, check, once, only, present } from './check';
import { keyArn } from './key-arn';
import { subnetIdOf } from './subnets';
import type { PlannedTier } from './tiers';

/** The nodes of a tier: capacity provider, group and launch template. */
export function fleetChecks(tier: PlannedTier, place: Place): Check[] {
  const group = once(() => groupOf(tier.name, place));
  return [
    capacityCheck(tier, place),
    ...groupChecks(tier, { place, group }),
    ...templateChecks(tier, { place, group }),
  ];
}

interface Asked {
  readonly place: Place;
  readonly group: () => Promise<AutoScalingGroup>;
}

async function groupOf(name: string, { region }: Place): Promise<AutoScalingGroup> {
  const answer = await region.autoscaling.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }));
  return only(answer.AutoScalingGroups, `group ${name}`);
}

/** Managed: ECS adds the nodes, protects those with tasks, and drains those that go. */
function capacityCheck({ name, nodes }: PlannedTier, { region: { ecs } }: Place): Check {
  const scaling = { status: 'ENABLED', targetCapacity: 100, minimumScalingStepSize: 1, maximumScalingStepSize: nodes };
  const expected = { group: name, scaling, protection: 'ENABLED', draining: 'ENABLED' };
  return check(`capacity provider ${name}`, expected, async () => {
    const answer = await ecs.send(new DescribeCapacityProvidersCommand({ capacityProviders: [name] }));
    const { autoScalingGroupProvider: found } = only(answer.capacityProviders, `capacity provider ${name}`);
    const { instanceWarmupPeriod: _, ...managed } = found?.managedScaling ?? {};
    return {
      group: found?.autoScalingGroupArn?.split('/').at(-1),
      scaling: managed,
      protection: found?.managedTerminationProtection,
      draining: found?.managedDraining,
    };
  });
}

function groupChecks({ tier, name, subnet, nodes, surge }: PlannedTier, { place, group }: Asked): Check[] {
  const { plan, cell, region } = place;
  const { hookHeartbeatSeconds } = lifecycle(plan.maxCallMinutes);
  const hooks = tier === 'edge' || tier === 'media' ? [`voicecell-drain ${hookHeartbeatSeconds} CONTINUE`] : [];
  return [
    check(
      `group ${name}: size and protection`,
      { min: 0, max: nodes + surge, protectedFromScaleIn: true },
      async () => {
        const { MinSize, MaxSize, NewInstancesProtectedFromScaleIn } = await group();
        return { min: MinSize, max: MaxSize, protectedFromScaleIn: NewInstancesProtectedFromScaleIn };
      },
    ),
    check(`group ${name}: only in the cell's ${subnet} subnet`, true, async () => {
      const { VPCZoneIdentifier } = await group();
      return VPCZoneIdentifier === (await subnetIdOf(`${cell.name}-${subnet}`, region));
    }),
    check(`group ${name}: drain hook`, hooks, async () => {
      const { AutoScalingGroupName } = await group();
      const command = new DescribeLifecycleHooksCommand({ AutoScalingGroupName });
      const { LifecycleHooks = [] } = await region.autoscaling.send(command);
      return LifecycleHooks.map((hook) => `${hook.LifecycleHookName} ${hook.HeartbeatTimeout} ${hook.DefaultResult}`);
    }),
  ];
}

function templateChecks(tier: PlannedTier, { place, group }: Asked): Check[] {
  const template = once(async () => templateOf(await group(), place));
  const { name, amiId, instanceType } = tier;
  return [
    check(`launch template ${name}: machine`, { image: amiId, type: instanceType }, async () => {
      const { ImageId, InstanceType } = await template();
      return { image: ImageId, type: InstanceType };
    }),
    check(
      `launch template ${name}: metadata service`,
      { endpoint: 'enabled', tokens: 'required', hops: 1 },
      async () => {
        const { HttpEndpoint, HttpTokens, HttpPutResponseHopLimit } = (await template()).MetadataOptions ?? {};
        return { endpoint: HttpEndpoint, tokens: HttpTokens, hops: HttpPutResponseHopLimit };
      },
    ),
    check(`launch template ${name}: no public address`, [false], async () =>
      (await template()).NetworkInterfaces?.map(({ AssociatePublicIpAddress }) => AssociatePublicIpAddress),
    ),
    volumeCheck(tier, place, template),
  ];
}

/** The version that the group launches, not the newest one. */
async function templateOf(
  { LaunchTemplate }: AutoScalingGroup,
  { region }: Place,
): Promise<ResponseLaunchTemplateData> {
  const { LaunchTemplateId, Version } = present(LaunchTemplate, 'launch template of the group');
  const command = new DescribeLaunchTemplateVersionsCommand({
    LaunchTemplateId,
    Versions: [present(Version, 'version of the launch template')],
  });
  const { LaunchTemplateVersions } = await region.ec2.send(command);
  return present(only(LaunchTemplateVersions, 'version of the launch template').LaunchTemplateData, 'template data');
}

const ROOT = '/dev/xvda';

/** Encrypted with the deployment's own key; recordings wait on a second volume that outlives its node. */
function volumeCheck(
  tier: PlannedTier,
  { plan, cell, region }: Place,
  template: () => Promise<ResponseLaunchTemplateData>,
): Check {
  const spool = tier.tier === 'media' ? [`/dev/sdf ${cell.media.spoolGiB} GiB kept`] : [];
  const expected = { root: true, plannedKey: true, second: spool };
  return check(`launch template ${tier.name}: volumes`, expected, async () => {
    const { BlockDeviceMappings = [] } = await template();
    const key = await keyArn(region, plan.names.keyAliases.volume);
    const second = BlockDeviceMappings.filter(({ DeviceName }) => DeviceName !== ROOT);
    return {
      root: BlockDeviceMappings.some(({ DeviceName }) => DeviceName === ROOT),
      plannedKey: BlockDeviceMappings.every(({ Ebs }) => Ebs?.Encrypted === true && Ebs.KmsKeyId === key),
      second: second.map(
        ({ DeviceName, Ebs }) =>
          `${DeviceName} ${Ebs?.VolumeSize} GiB ${Ebs?.DeleteOnTermination === false ? 'kept' : 'deleted'}`,
      ),
    };
  });
}
