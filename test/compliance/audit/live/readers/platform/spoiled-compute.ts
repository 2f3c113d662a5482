import { RegisterScalableTargetCommand } from '@aws-sdk/client-application-auto-scaling';
import { DeleteLifecycleHookCommand, UpdateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { DeleteDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { CreateLaunchTemplateVersionCommand } from '@aws-sdk/client-ec2';
import {
  DeleteServiceCommand,
  DescribeTaskDefinitionCommand,
  PutClusterCapacityProvidersCommand,
  RegisterTaskDefinitionCommand,
  UpdateCapacityProviderCommand,
  UpdateClusterCommand,
  UpdateServiceCommand,
  type ContainerDefinition,
} from '@aws-sdk/client-ecs';
import { DeleteServiceCommand as DeleteNameCommand } from '@aws-sdk/client-servicediscovery';
import type { Account } from './account';
import type { Spoiled } from './spoiled';

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const TASK = 'AWS::ECS::TaskDefinition';

/** Another revision of what a tier runs, which its service is moved to. */
const rerun =
  (tier: RegExp, change: (container: ContainerDefinition) => ContainerDefinition) => async (account: Account) => {
    const { ecs } = account.aws;
    const { taskDefinition: { family, containerDefinitions, ...task } = {}, tags } = await ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: account.idOf(tier, TASK), include: ['TAGS'] }),
    );
    const changed = { ...task, family, tags, containerDefinitions: containerDefinitions?.map(change) };
    const made = await ecs.send(new RegisterTaskDefinitionCommand(changed));
    return ecs.send(
      new UpdateServiceCommand({
        cluster: account.cluster,
        service: account.idOf(tier, 'AWS::ECS::Service'),
        taskDefinition: made.taskDefinition?.taskDefinitionArn,
      }),
    );
  };

const MOVED = ['AWS::ECS::Service.TaskDefinition', 'AWS::ECS::TaskDefinition.ContainerDefinitions'];

export const SPOILED_COMPUTE: readonly Spoiled[] = [
  {
    what: 'a group that may grow',
    spoil: (account) =>
      account.aws.autoscaling.send(
        new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: account.idOf(/Media/, GROUP), MaxSize: 50 }),
      ),
    found: [`${GROUP}.MaxSize`],
  },
  {
    what: 'a group in another subnet',
    spoil: (account) =>
      account.aws.autoscaling.send(
        new UpdateAutoScalingGroupCommand({
          AutoScalingGroupName: account.idOf(/Stt/, GROUP),
          VPCZoneIdentifier: account.idOf(/Edge/, 'AWS::EC2::Subnet'),
        }),
      ),
    found: [`${GROUP}.VPCZoneIdentifier`],
  },
  {
    what: 'a group that no longer waits for calls to end',
    spoil: (account) =>
      account.aws.autoscaling.send(
        new DeleteLifecycleHookCommand({
          AutoScalingGroupName: account.idOf(/Edge/, GROUP),
          LifecycleHookName: 'voicecell-drain',
        }),
      ),
    found: [`${GROUP}.LifecycleHookSpecificationList`],
  },
  {
    what: 'a group that launches another version of its template',
    spoil: async (account) => {
      const LaunchTemplateId = account.idOf(/Llm/, 'AWS::EC2::LaunchTemplate');
      const version = (HttpTokens: 'optional' | 'required') =>
        account.aws.ec2.send(
          new CreateLaunchTemplateVersionCommand({
            LaunchTemplateId,
            SourceVersion: '1',
            LaunchTemplateData: { MetadataOptions: { HttpTokens } },
          }),
        );
      await version('optional');
      // Neither the newest nor the default one.
      await version('required');
      return account.aws.autoscaling.send(
        new UpdateAutoScalingGroupCommand({
          AutoScalingGroupName: account.idOf(/Llm/, GROUP),
          LaunchTemplate: { LaunchTemplateId, Version: '2' },
        }),
      );
    },
    found: ['AWS::EC2::LaunchTemplate.LaunchTemplateData'],
  },
  {
    what: 'a cluster without insights',
    spoil: (account) =>
      account.aws.ecs.send(
        new UpdateClusterCommand({
          cluster: account.cluster,
          settings: [{ name: 'containerInsights', value: 'disabled' }],
        }),
      ),
    found: ['AWS::ECS::Cluster.ClusterSettings'],
  },
  {
    what: 'a cluster without one of its capacity providers',
    spoil: (account) =>
      account.aws.ecs.send(
        new PutClusterCapacityProvidersCommand({
          cluster: account.cluster,
          capacityProviders: [account.idOf(/Edge/, 'AWS::ECS::CapacityProvider')],
          defaultCapacityProviderStrategy: [],
        }),
      ),
    found: ['AWS::ECS::ClusterCapacityProviderAssociations.CapacityProviders'],
  },
  {
    what: 'a capacity provider that cuts calls',
    spoil: (account) =>
      account.aws.ecs.send(
        new UpdateCapacityProviderCommand({
          name: account.idOf(/Edge/, 'AWS::ECS::CapacityProvider'),
          autoScalingGroupProvider: { managedTerminationProtection: 'DISABLED' },
        }),
      ),
    found: ['AWS::ECS::CapacityProvider.AutoScalingGroupProvider'],
  },
  {
    what: 'a task definition without GPU',
    spoil: rerun(/Stt/, (container) => ({ ...container, resourceRequirements: [] })),
    found: MOVED,
  },
  {
    what: 'a privileged container',
    spoil: rerun(/Edge/, (container) => ({ ...container, privileged: true })),
    found: MOVED,
  },
  {
    what: 'another image',
    spoil: rerun(/Tts/, (container) => ({ ...container, image: 'other:latest' })),
    found: MOVED,
  },
  {
    what: 'a service deleted',
    spoil: (account) =>
      account.aws.ecs.send(
        new DeleteServiceCommand({
          cluster: account.cluster,
          service: account.idOf(/Media/, 'AWS::ECS::Service'),
          force: true,
        }),
      ),
    found: ['AWS::ECS::Service is gone'],
  },
  {
    what: 'a tier that may not scale out',
    spoil: (account) => {
      const [ResourceId] = account.idOf(/Llm/, 'AWS::ApplicationAutoScaling::ScalableTarget').split('|');
      return account.aws.scaling.send(
        new RegisterScalableTargetCommand({
          ServiceNamespace: 'ecs',
          ScalableDimension: 'ecs:service:DesiredCount',
          ResourceId,
          MaxCapacity: 99,
        }),
      );
    },
    found: ['AWS::ApplicationAutoScaling::ScalableTarget.MaxCapacity'],
  },
  {
    what: 'a name deleted',
    spoil: (account) =>
      account.aws.names.send(new DeleteNameCommand({ Id: account.idOf(/Stt/, 'AWS::ServiceDiscovery::Service') })),
    found: ['AWS::ServiceDiscovery::Service is gone'],
  },
  {
    what: 'a dashboard deleted',
    spoil: (account) =>
      account.aws.cloudwatch.send(
        new DeleteDashboardsCommand({ DashboardNames: [account.idOf(/./, 'AWS::CloudWatch::Dashboard')] }),
      ),
    found: ['AWS::CloudWatch::Dashboard is gone'],
  },
];
