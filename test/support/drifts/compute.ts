import { RegisterScalableTargetCommand } from '@aws-sdk/client-application-auto-scaling';
import {
  DeleteLifecycleHookCommand,
  DescribeAutoScalingGroupsCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  CreateLaunchTemplateVersionCommand,
  DescribeLaunchTemplateVersionsCommand,
  type RequestLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import {
  DeleteServiceCommand,
  DescribeClustersCommand,
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  UpdateCapacityProviderCommand,
  UpdateClusterCommand,
  UpdateServiceCommand,
  type ClusterSetting,
  type ContainerDefinition,
  type ManagedTerminationProtection,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { DeleteServiceCommand as DeleteNameCommand } from '@aws-sdk/client-servicediscovery';
import type { DeployedKit } from '../deployed';
import { forGood, swapped, toggled, type Drift, type Undo } from './drift';

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const SERVICE = 'AWS::ECS::Service';
const TASK = 'AWS::ECS::TaskDefinition';
const TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';

const clusterOf = (kit: DeployedKit): string => kit.idOf('AWS::ECS::Cluster');

type Change = (container: ContainerDefinition) => ContainerDefinition;

/** Registers another revision of what the speech model runs, and moves its service there. */
const rerun =
  (change: Change) =>
  async (kit: DeployedKit): Promise<Undo> => {
    const { ecs } = kit.here;
    const before = kit.idOf(TASK, /^SttTaskDefinition/);
    const { taskDefinition: task, tags } = await ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: before, include: ['TAGS'] }),
    );
    const { taskDefinitionArn: _, revision: __, status: ___, ...same } = { ...task };
    const containerDefinitions = (task?.containerDefinitions ?? []).map(change);
    const input = { ...same, containerDefinitions, tags } as RegisterTaskDefinitionCommandInput;
    const made = await ecs.send(new RegisterTaskDefinitionCommand(input));
    const [cluster, service] = [clusterOf(kit), kit.idOf(SERVICE, /^SttService/)];
    return toggled(
      (taskDefinition: string | undefined) => ecs.send(new UpdateServiceCommand({ cluster, service, taskDefinition })),
      made.taskDefinition?.taskDefinitionArn,
      before,
    );
  };

const MOVED = ['SttService.TaskDefinition', 'SttTaskDefinition.ContainerDefinitions'];

const TASKS: readonly Drift[] = [
  {
    what: 'a model without a GPU',
    inject: rerun((container) => ({ ...container, resourceRequirements: [] })),
    found: MOVED,
    minded: [],
  },
  {
    what: 'a privileged container',
    inject: rerun((container) => ({ ...container, privileged: true })),
    found: MOVED,
    minded: ['ACC-09 unmet SttTaskDefinition'],
  },
  {
    what: 'another command',
    inject: rerun((container) => ({ ...container, entryPoint: ['sh', '-c', 'true'] })),
    found: MOVED,
    minded: [],
  },
  {
    what: 'another image',
    inject: rerun((container) => ({ ...container, image: 'docker.io/somebody/else:latest' })),
    found: MOVED,
    minded: ['INF-02 unmet SttTaskDefinition', 'RES-17 unmet SttTaskDefinition'],
  },
  {
    what: 'a model fetched while it runs',
    inject: rerun((container) => ({
      ...container,
      environment: [...(container.environment ?? []), { name: 'HF_ENDPOINT', value: 'https://models.example.net' }],
    })),
    found: MOVED,
    minded: ['RES-16 unmet SttTaskDefinition', 'RES-17 unmet SttTaskDefinition'],
  },
];

const SERVICES: readonly Drift[] = [
  {
    what: 'a service that one may enter',
    inject: (kit) =>
      toggled(
        (enableExecuteCommand: boolean) =>
          kit.here.ecs.send(
            new UpdateServiceCommand({
              cluster: clusterOf(kit),
              service: kit.idOf(SERVICE, /^LlmService/),
              enableExecuteCommand,
            }),
          ),
        true,
        false,
      ),
    found: ['LlmService.EnableExecuteCommand'],
    minded: ['ACC-09 unmet LlmService'],
  },
  {
    what: 'a service in another subnet',
    inject: (kit) =>
      toggled(
        (subnet: string) =>
          kit.here.ecs.send(
            new UpdateServiceCommand({
              cluster: clusterOf(kit),
              service: kit.idOf(SERVICE, /^LlmService/),
              networkConfiguration: {
                awsvpcConfiguration: {
                  subnets: [subnet],
                  securityGroups: [kit.idOf('AWS::EC2::SecurityGroup', /^SecurityGroupsLlm/)],
                },
              },
            }),
          ),
        kit.idOf('AWS::EC2::Subnet', /Edge/),
        kit.idOf('AWS::EC2::Subnet', /Inference/),
      ),
    found: ['LlmService.NetworkConfiguration'],
    minded: ['NET-01 unmet Use1Az1Edge', 'NET-07 unmet Use1Az1Edge'],
  },
  {
    what: 'a cluster that tells nothing of itself',
    inject: (kit) => {
      const { ecs } = kit.here;
      const cluster = clusterOf(kit);
      return swapped<ClusterSetting[] | undefined>(
        async () => {
          const command = new DescribeClustersCommand({ clusters: [cluster], include: ['SETTINGS'] });
          return (await ecs.send(command)).clusters?.[0]?.settings;
        },
        (settings) => ecs.send(new UpdateClusterCommand({ cluster, settings })),
        () => [{ name: 'containerInsights', value: 'disabled' }],
      );
    },
    found: ['Cluster.ClusterSettings'],
    minded: [],
  },
  {
    what: 'capacity that cuts calls',
    inject: (kit) =>
      toggled<ManagedTerminationProtection>(
        (managedTerminationProtection) =>
          kit.here.ecs.send(
            new UpdateCapacityProviderCommand({
              name: kit.idOf('AWS::ECS::CapacityProvider', /^Edge/),
              autoScalingGroupProvider: { managedTerminationProtection },
            }),
          ),
        'DISABLED',
        'ENABLED',
      ),
    found: ['EdgeFleetCapacityProvider.AutoScalingGroupProvider'],
    minded: [],
  },
];

const SCALING: readonly Drift[] = [
  {
    what: 'a tier that may grow without end',
    inject: (kit) => {
      const { physicalId, resource } = kit.deployed(TARGET, /^LlmScalingTarget/);
      const [ResourceId] = physicalId.split('|');
      return toggled(
        (MaxCapacity: number) =>
          kit.here.scaling.send(
            new RegisterScalableTargetCommand({
              ServiceNamespace: 'ecs',
              ScalableDimension: 'ecs:service:DesiredCount',
              ResourceId,
              MaxCapacity,
            }),
          ),
        99,
        Number(resource.properties['MaxCapacity']),
      );
    },
    found: ['LlmScalingTarget.MaxCapacity'],
    minded: [],
  },
  {
    what: 'a group that may grow without end',
    inject: (kit) => {
      const { physicalId: AutoScalingGroupName, resource } = kit.deployed(GROUP, /^EdgeFleetGroup/);
      return toggled(
        (MaxSize: number) =>
          kit.here.autoscaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, MaxSize })),
        50,
        Number(resource.properties['MaxSize']),
      );
    },
    found: ['EdgeFleetGroup.MaxSize'],
    minded: [],
  },
  {
    what: 'a group in the subnet of edge nodes',
    inject: (kit) => {
      const AutoScalingGroupName = kit.idOf(GROUP, /^SttGpuFleetGroup/);
      const { autoscaling } = kit.here;
      return swapped(
        async () => {
          const { AutoScalingGroups: [group] = [] } = await autoscaling.send(
            new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [AutoScalingGroupName] }),
          );
          return group?.VPCZoneIdentifier;
        },
        (VPCZoneIdentifier) =>
          autoscaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, VPCZoneIdentifier })),
        () => kit.idOf('AWS::EC2::Subnet', /Edge/),
      );
    },
    found: ['SttGpuFleetGroup.VPCZoneIdentifier'],
    minded: ['NET-01 unmet Use1Az1Edge', 'NET-07 unmet Use1Az1Edge'],
  },
];

/** Makes another version of what a group launches, and moves the group there. */
const relaunch =
  (change: RequestLaunchTemplateData) =>
  async (kit: DeployedKit): Promise<Undo> => {
    const { ec2, autoscaling } = kit.here;
    const LaunchTemplateId = kit.idOf('AWS::EC2::LaunchTemplate', /^LlmGpuFleet/);
    const AutoScalingGroupName = kit.idOf(GROUP, /^LlmGpuFleetGroup/);
    const { LaunchTemplateVersions: [first] = [] } = await ec2.send(
      new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId, Versions: ['1'] }),
    );
    const LaunchTemplateData = { ...first?.LaunchTemplateData, ...change } as RequestLaunchTemplateData;
    const { LaunchTemplateVersion: made } = await ec2.send(
      new CreateLaunchTemplateVersionCommand({ LaunchTemplateId, LaunchTemplateData }),
    );
    return toggled(
      (Version: string) =>
        autoscaling.send(
          new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, LaunchTemplate: { LaunchTemplateId, Version } }),
        ),
      String(made?.VersionNumber),
      '1',
    );
  };

const LAUNCHES: readonly Drift[] = [
  {
    what: 'nodes whose metadata anybody reads',
    inject: relaunch({ MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: 1 } }),
    found: ['LlmGpuFleetTemplateLaunchTemplate.LaunchTemplateData'],
    minded: ['ACC-04 unmet LlmGpuFleetTemplateLaunchTemplate'],
  },
  {
    what: 'nodes of another image',
    inject: relaunch({ ImageId: 'ami-12c6146b' }),
    found: ['LlmGpuFleetTemplateLaunchTemplate.LaunchTemplateData'],
    minded: [],
  },
];

const GONE: readonly Drift[] = [
  {
    what: 'nodes that no longer wait for calls to end',
    inject: (kit) =>
      forGood(
        kit.here.autoscaling.send(
          new DeleteLifecycleHookCommand({
            AutoScalingGroupName: kit.idOf(GROUP, /^EdgeFleetGroup/),
            LifecycleHookName: 'voicecell-drain',
          }),
        ),
      ),
    found: ['EdgeFleetGroup.LifecycleHookSpecificationList'],
    minded: [],
  },
  {
    what: 'a name of the cell deleted',
    inject: (kit) =>
      forGood(
        kit.here.names.send(new DeleteNameCommand({ Id: kit.idOf('AWS::ServiceDiscovery::Service', /^TtsName/) })),
      ),
    found: ['TtsName is gone'],
    minded: [],
  },
  {
    what: 'a service deleted',
    inject: (kit) =>
      forGood(
        kit.here.ecs.send(
          new DeleteServiceCommand({ cluster: clusterOf(kit), service: kit.idOf(SERVICE, /^TtsService/), force: true }),
        ),
      ),
    found: ['TtsService is gone'],
    minded: [],
  },
];

export const DRIFTS_OF_COMPUTE: readonly Drift[] = [...TASKS, ...SERVICES, ...SCALING, ...LAUNCHES, ...GONE];
