import {
  DescribeServicesCommand,
  type DescribeServicesResponse,
  type ECSClient,
  type Service,
} from '@aws-sdk/client-ecs';
import type { Answer } from '../../../../../../aws/answer';
import { answering } from '../../../../../../aws/errors';
import type { Deployed, LiveRegion, Reading } from '../../../reading';
import { tagsOf } from '../../data/shapes';
import { allOf, grouped, inChunks } from '../chunks';
import { foundIn, primaryId, unlessChosen } from '../found';
import { capitalised } from '../spelling';

export const SERVICES_ACTION = 'ecs:DescribeServices';

/** Services by the ten that ECS describes at once, cluster by cluster. */
export async function servicesOf(
  deployed: readonly Deployed[],
  region: LiveRegion,
  ecs: ECSClient,
): Promise<Answer<readonly Service[]>> {
  const byCluster = grouped(deployed.map(primaryId), clusterIn);
  const answers = [...byCluster].map(([cluster, arns]) =>
    inChunks(arns, 10, (services) =>
      region.ask(SERVICES_ACTION, async (abortSignal) => {
        const command = new DescribeServicesCommand({ cluster, services, include: ['TAGS'] });
        const answer = await ecs.send(command, { abortSignal }).catch(answering(NONE, 'ClusterNotFoundException'));
        return (answer.services ?? []).filter(({ status }) => status !== 'INACTIVE');
      }),
    ),
  );
  return allOf(await Promise.all(answers));
}

/** Of a cluster that is gone. */
const NONE: DescribeServicesResponse = {};

/** `arn:aws:ecs:us-east-1:111122223333:service/cluster/name`. */
const clusterIn = (arn: string): string => arn.split('/').at(-2) ?? '';

export const serviceReading = (deployed: Deployed, answer: Answer<readonly Service[]>): Reading =>
  foundIn(deployed, {
    answer,
    names: NAMES,
    of: (all) => {
      const service = all.find(({ serviceArn }) => serviceArn === primaryId(deployed));
      if (!service) return undefined;
      const properties = { ...settingsOf(service), DesiredCount: service.desiredCount, ...tagsOf(service.tags) };
      // Scaling changes the count; a template that writes it means it.
      return unlessChosen(deployed, properties, 'DeploymentConfiguration', 'DesiredCount', 'ServiceName');
    },
    defaults: {
      AvailabilityZoneRebalancing: 'ENABLED',
      DeploymentController: { Type: 'ECS' },
      HealthCheckGracePeriodSeconds: 0,
      EnableECSManagedTags: false,
      EnableExecuteCommand: false,
      LaunchType: 'EC2',
      PropagateTags: 'NONE',
      SchedulingStrategy: 'REPLICA',
      ServiceConnectConfiguration: { Enabled: false },
    },
  });

const settingsOf = (service: Service) => ({
  AvailabilityZoneRebalancing: service.availabilityZoneRebalancing,
  CapacityProviderStrategy: capitalised(service.capacityProviderStrategy),
  Cluster: service.clusterArn,
  DeploymentConfiguration: capitalised(service.deploymentConfiguration),
  DeploymentController: capitalised(service.deploymentController),
  EnableECSManagedTags: service.enableECSManagedTags,
  EnableExecuteCommand: service.enableExecuteCommand ?? false,
  HealthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds,
  LaunchType: service.launchType,
  LoadBalancers: capitalised(service.loadBalancers),
  NetworkConfiguration: capitalised(service.networkConfiguration),
  PlacementConstraints: capitalised(service.placementConstraints),
  PlacementStrategies: capitalised(service.placementStrategy),
  PlatformVersion: service.platformVersion,
  PropagateTags: service.propagateTags,
  SchedulingStrategy: service.schedulingStrategy,
  ServiceName: service.serviceName,
  ServiceRegistries: capitalised(service.serviceRegistries),
  TaskDefinition: service.taskDefinition,
  ...ofRollout(service),
});

/** Some settings are those of the newest deployment. */
function ofRollout({ deployments = [] }: Service) {
  const newest = deployments.find(({ status }) => status === 'PRIMARY');
  return {
    ServiceConnectConfiguration: capitalised(newest?.serviceConnectConfiguration),
    VolumeConfigurations: capitalised(newest?.volumeConfigurations),
  };
}

const NAMES = [...Object.keys(settingsOf({})), 'Tags'];
