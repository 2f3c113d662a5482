import type { CfnAutoScalingInstanceRefresh } from 'aws-cdk-lib';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-ecs';
import type { IManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Range } from '../../../regions/plan/cell-types';
import { type Tier, tag } from '../../tags';
import type { CellContext } from './cell-context';
import { NodeRole } from './node-role';
import { NodeTemplate, type NodeVolumes } from './node-template';

export interface FleetProps {
  readonly context: CellContext;
  readonly tier: Exclude<Tier, 'data'>;
  readonly instanceType: string;
  readonly amiId: string;
  readonly nodes: Range;
  /**
   * Nodes above the maximum while a deployment or an instance refresh runs.
   * @default 0 (a node is replaced in place: GPU quota has no room for a spare)
   */
  readonly surge?: number;
  readonly subnetId: string;
  readonly securityGroupId: string;
  /** Plain text; no secrets. */
  readonly userData: string;
  readonly volumes: NodeVolumes;
  /**
   * Seconds between two renewals of the hook that holds a terminating node while its calls last.
   * @default no hook but the one ECS managed draining makes
   */
  readonly drainHeartbeatSeconds?: number;
  /**
   * What the node itself may do beyond being an ECS container instance.
   * @default nothing
   */
  readonly nodePolicies?: IManagedPolicy[];
  /**
   * Name of a placement group.
   * @default none
   */
  readonly placementGroup?: string;
  /**
   * Id of an on-demand capacity reservation, filled first.
   * @default none
   */
  readonly capacityReservationId?: string;
}

/** The nodes of one tier of a cell: launch template, one-subnet Auto Scaling group and capacity provider. */
export class Fleet extends Construct {
  /** `<cell.name>-<tier>`, of the group and the capacity provider alike. */
  readonly name: string;
  readonly role: Role;
  readonly group: CfnAutoScalingGroup;
  readonly capacityProvider: CfnCapacityProvider;

  constructor(scope: Construct, id: string, props: FleetProps) {
    super(scope, id);
    const { context, tier } = props;
    this.name = fleetName(context, tier);
    this.role = new NodeRole(this, 'Node', { context, policies: props.nodePolicies ?? [] }).role;
    const template = new NodeTemplate(this, 'Template', { ...props, name: this.name, role: this.role });
    this.group = this.createGroup(props, template);
    this.capacityProvider = this.createCapacityProvider(props);
    tag(this, { cell: context.cell.azId, tier });
  }

  private createGroup(props: FleetProps, template: NodeTemplate): CfnAutoScalingGroup {
    const { nodes, surge = 0, drainHeartbeatSeconds } = props;
    const group = new CfnAutoScalingGroup(this, 'Group', {
      autoScalingGroupName: this.name,
      vpcZoneIdentifier: [props.subnetId],
      // Nodes that exist before their capacity provider may never be known to it; the services' minimum brings them later
      // (ECS developer guide, Auto Scaling group capacity providers).
      minSize: '0',
      maxSize: String(nodes.max + surge),
      // The version attribute changes with the template, so a new AMI reaches the group and the instance refresh sees it.
      launchTemplate: { launchTemplateId: template.launchTemplateId, version: template.latestVersion },
      newInstancesProtectedFromScaleIn: true,
      healthCheckType: 'EC2',
      healthCheckGracePeriod: HEALTH_GRACE_SECONDS,
      cooldown: String(HEALTH_GRACE_SECONDS),
      instanceMaintenancePolicy: maintenancePolicy(nodes, surge),
      capacityReservationSpecification:
        props.capacityReservationId === undefined ? undefined : reservationFirst(props.capacityReservationId),
      // ECS sets it on the group, but only from then on.
      tags: [{ key: 'AmazonECSManaged', value: '', propagateAtLaunch: true }],
      lifecycleHookSpecificationList:
        drainHeartbeatSeconds === undefined ? undefined : [drainHook(drainHeartbeatSeconds)],
    });
    group.cfnOptions.updatePolicy = { autoScalingInstanceRefresh: INSTANCE_REFRESH };
    return group;
  }

  private createCapacityProvider({ nodes }: FleetProps): CfnCapacityProvider {
    return new CfnCapacityProvider(this, 'CapacityProvider', {
      name: this.name,
      autoScalingGroupProvider: {
        autoScalingGroupArn: this.group.ref,
        managedScaling: {
          status: 'ENABLED',
          targetCapacity: 100,
          minimumScalingStepSize: 1,
          maximumScalingStepSize: nodes.max,
          instanceWarmupPeriod: HEALTH_GRACE_SECONDS,
        },
        managedTerminationProtection: 'ENABLED',
        managedDraining: 'ENABLED',
      },
    });
  }
}

/** Name of the lifecycle hook that a draining node renews and completes. */
export const DRAIN_HOOK = 'voicecell-drain';

/** Name of a tier's Auto Scaling group, which roles and alarms name before the group exists. */
export const fleetName = (context: Pick<CellContext, 'cell'>, tier: Tier): string => `${context.cell.name}-${tier}`;

const HEALTH_GRACE_SECONDS = 300;

/** On the group, not in the launch template: a template that targets a reservation refuses to launch beyond it. */
const reservationFirst = (id: string): CfnAutoScalingGroup.CapacityReservationSpecificationProperty => ({
  capacityReservationPreference: 'capacity-reservations-first',
  capacityReservationTarget: { capacityReservationIds: [id] },
});

const drainHook = (heartbeatSeconds: number): CfnAutoScalingGroup.LifecycleHookSpecificationProperty => ({
  lifecycleHookName: DRAIN_HOOK,
  lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
  heartbeatTimeout: heartbeatSeconds,
  // A node that stopped renewing is dead or drained: both may go.
  defaultResult: 'CONTINUE',
});

/**
 * A changed template replaces the nodes inside the stack update, within the group's maintenance policy. Nodes protected
 * from scale-in are replaced too: what keeps a live call is that a node leaves through managed draining, the drain hook
 * and the containers' stop timeout. The default, `Wait`, fails after an hour, because ECS protects every node with a task.
 * Source: ECS developer guide, managed instance draining; Auto Scaling API, RefreshPreferences.
 */
const INSTANCE_REFRESH: CfnAutoScalingInstanceRefresh = {
  strategy: 'Rolling',
  preferences: { skipMatching: true, scaleInProtectedInstances: 'Refresh', standbyInstances: 'Terminate' },
};

/**
 * With room to surge a replacement comes first, and never more of them than the surge: an edge node beyond it would find
 * no Elastic IP. Without room one node goes first.
 */
function maintenancePolicy(nodes: Range, surge: number): CfnAutoScalingGroup.InstanceMaintenancePolicyProperty {
  if (surge > 0) {
    const extra = Math.floor((100 * surge) / nodes.max);
    return { minHealthyPercentage: 100, maxHealthyPercentage: 100 + Math.min(100, Math.max(1, extra)) };
  }
  return { minHealthyPercentage: Math.floor((100 * (nodes.min - 1)) / nodes.min), maxHealthyPercentage: 100 };
}
