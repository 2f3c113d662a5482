import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { Deployed } from '../../../reading';
import type { Properties } from '../../data/parts';
import { picked } from '../../data/shapes';
import { unlessChosen } from '../found';

const SAME = [
  'AutoScalingGroupName',
  'CapacityRebalance',
  'CapacityReservationSpecification',
  'DefaultInstanceWarmup',
  'DesiredCapacityType',
  'HealthCheckGracePeriod',
  'HealthCheckType',
  'InstanceMaintenancePolicy',
  'LaunchConfigurationName',
  'LaunchTemplate',
  'LoadBalancerNames',
  'MaxInstanceLifetime',
  'MaxSize',
  'MinSize',
  'MixedInstancesPolicy',
  'NewInstancesProtectedFromScaleIn',
  'PlacementGroup',
  'TargetGroupARNs',
  'TerminationPolicies',
] as const satisfies readonly (keyof AutoScalingGroup)[];

export const GROUP_NAMES = [...SAME, 'Cooldown', 'Tags', 'VPCZoneIdentifier'];

export const GROUP_DEFAULTS = {
  CapacityRebalance: false,
  CapacityReservationSpecification: { CapacityReservationPreference: 'default' },
  Cooldown: 300,
  HealthCheckGracePeriod: 0,
  HealthCheckType: 'EC2',
  NewInstancesProtectedFromScaleIn: false,
  TerminationPolicies: ['Default'],
};

export const groupProperties = (group: AutoScalingGroup, deployed: Deployed): Properties =>
  unlessChosen(
    deployed,
    {
      ...picked(group, SAME),
      Cooldown: group.DefaultCooldown,
      Tags: (group.Tags ?? [])
        .filter(({ Key = '' }) => !Key.startsWith('aws:'))
        .map((tag) => picked(tag, ['Key', 'PropagateAtLaunch', 'Value'])),
      ...placesOf(group),
      DesiredCapacity: group.DesiredCapacity,
    },
    'AutoScalingGroupName',
    // Scaling changes it; a template that writes it means it.
    'DesiredCapacity',
  );

/** The answer names the zones of the subnets too; a template names one or the other. */
function placesOf({ VPCZoneIdentifier, AvailabilityZones }: AutoScalingGroup) {
  const subnets = (VPCZoneIdentifier ?? '').split(',').filter((subnet) => subnet !== '');
  return subnets.length > 0 ? { VPCZoneIdentifier: subnets } : { AvailabilityZones };
}
