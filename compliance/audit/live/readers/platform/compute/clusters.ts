import {
  DescribeCapacityProvidersCommand,
  DescribeClustersCommand,
  ECSClient,
  type CapacityProvider,
  type Cluster,
} from '@aws-sdk/client-ecs';
import { clientConfig } from '../../../../../../aws/reader';
import type { Deployed, LiveReader, LiveRegion } from '../../../reading';
import type { Properties } from '../../data/parts';
import { serviceReader } from '../../data/service-reader';
import { tagsOf } from '../../data/shapes';
import { chunksOf, inChunks } from '../chunks';
import { foundIn, matched, primaryId, unlessChosen } from '../found';
import { capitalised } from '../spelling';

const CLUSTER = 'AWS::ECS::Cluster';
const ASSOCIATIONS = 'AWS::ECS::ClusterCapacityProviderAssociations';
const ACTION = 'ecs:DescribeClusters';

const KINDS = {
  [CLUSTER]: {
    names: ['ClusterName', 'ClusterSettings', 'Configuration', 'ServiceConnectDefaults', 'Tags'],
    of: (cluster: Cluster): Properties => ({
      ClusterName: cluster.clusterName,
      ClusterSettings: capitalised(cluster.settings),
      Configuration: capitalised(cluster.configuration),
      ServiceConnectDefaults: capitalised(cluster.serviceConnectDefaults),
      ...tagsOf(cluster.tags),
    }),
  },
  [ASSOCIATIONS]: {
    names: ['CapacityProviders', 'Cluster', 'DefaultCapacityProviderStrategy'],
    of: (cluster: Cluster): Properties => ({
      CapacityProviders: cluster.capacityProviders,
      Cluster: cluster.clusterName,
      DefaultCapacityProviderStrategy: capitalised(cluster.defaultCapacityProviderStrategy),
    }),
  },
};

/** ECS describes as many at once. */
const MOST = 100;

/** A cluster and what it may run on come in one answer. */
export const clusters: LiveReader = {
  types: [CLUSTER, ASSOCIATIONS],
  actions: [ACTION],
  async read(deployed, region) {
    const answer = await clustersOf(deployed.map(primaryId), region);
    return deployed.map((one) => {
      const kind = one.resource.type === CLUSTER ? KINDS[CLUSTER] : KINDS[ASSOCIATIONS];
      return foundIn(one, {
        answer,
        names: kind.names,
        of: (all) => {
          const cluster = all.find(({ clusterName }) => clusterName === primaryId(one));
          return cluster && unlessChosen(one, kind.of(cluster), 'ClusterName');
        },
        defaults: { ClusterSettings: [{ Name: 'containerInsights', Value: 'disabled' }] },
      });
    });
  },
};

function clustersOf(names: readonly string[], region: LiveRegion) {
  const ecs = new ECSClient(clientConfig(region));
  return inChunks(names, MOST, (chunk) =>
    region.ask(ACTION, async (abortSignal) => {
      const include = ['CONFIGURATIONS', 'SETTINGS', 'TAGS'] as const;
      const command = new DescribeClustersCommand({ clusters: chunk, include: [...include] });
      const { clusters: found = [] } = await ecs.send(command, { abortSignal });
      return found.filter(({ status }) => status !== 'INACTIVE');
    }),
  );
}

export const capacityProviders = serviceReader({
  type: 'AWS::ECS::CapacityProvider',
  client: ECSClient,
  listings: [
    {
      action: 'ecs:DescribeCapacityProviders',
      names: ['AutoScalingGroupProvider', 'Name', 'Tags'],
      list: async ({ client, deployed, abortSignal }) => {
        const pages = chunksOf(deployed.map(primaryId), MOST).map((capacityProviders) =>
          client.send(new DescribeCapacityProvidersCommand({ capacityProviders, include: ['TAGS'] }), { abortSignal }),
        );
        const all = (await Promise.all(pages)).flatMap((page) => page.capacityProviders ?? []);
        const present = all.filter(({ status }) => status !== 'INACTIVE');
        return matched(deployed, present, ({ name }) => name, providerProperties);
      },
    },
  ],
});

const providerProperties = (provider: CapacityProvider, deployed: Deployed) =>
  unlessChosen(
    deployed,
    {
      AutoScalingGroupProvider: capitalised(provider.autoScalingGroupProvider),
      Name: provider.name,
      ...tagsOf(provider.tags),
    },
    'Name',
  );
