import type { RegionPlan } from '../../../../regions/plan/types';
import type { AuditUnit } from '../../findings';
import type { Finding } from '../../posture';
import type { LiveRegion } from '../reading';
import { ClusterReader, type ClusterAsked } from './cluster-reader';
import type { ClusterFacts, RegionFacts } from './facts';
import { digestsOf, type TaggedImage } from './image-reader';
import { judgeCell } from './judge-cell';
import { NodeReader } from './node-reader';
import { stagesOf, type Stage } from './stages';

/** The cells of a region as they run, held against their plan. */
export async function cellFindings(
  plan: RegionPlan,
  region: LiveRegion,
  { audited, now }: { readonly audited: AuditUnit; readonly now: Date },
): Promise<readonly Finding[]> {
  const facts = await regionFacts(plan, region, audited);
  return plan.cells.flatMap((cell) => {
    const cluster = facts.clusters.get(cell.name);
    if (!cluster) return [];
    const running = { azId: cell.azId, cluster, region: facts };
    return judgeCell({ audited, region: plan.region, cell, now, maxCallMinutes: plan.maxCallMinutes, running });
  });
}

/** Clusters one by one, and what all of them rest on at once. */
async function regionFacts(plan: RegionPlan, region: LiveRegion, { evidence }: AuditUnit): Promise<RegionFacts> {
  const wanted = plan.cells.map((cell) => ({ cluster: cell.name, stages: stagesOf(cell, evidence) }));
  const reader = new ClusterReader(region);
  const [images, clusters] = await Promise.all([
    digestsOf(
      wanted.flatMap(({ stages }) => stages.flatMap(ownImages)),
      region,
    ),
    Promise.all(
      wanted.map(async ({ cluster, stages }) => [cluster, await reader.read(asked(cluster, stages))] as const),
    ),
  ]);
  const read = clusters.map(([, facts]) => facts);
  const nodes = await new NodeReader(region).read(read.flatMap(instancesOf), read.flatMap(subnetsOf));
  return { clusters: new Map(clusters), images, ...nodes };
}

const asked = (cluster: string, stages: readonly Stage[]): ClusterAsked => ({
  cluster,
  services: stages.map(({ serviceName }) => serviceName),
  protecting: stages.filter(({ holdsCalls }) => holdsCalls).map(({ serviceName }) => serviceName),
});

const ownImages = ({ images }: Stage): TaggedImage[] =>
  [...images.values()].flatMap((image) => (image.kind === 'own' ? (image.built ?? []) : []));

const instancesOf = ({ nodes }: ClusterFacts): string[] => (nodes.known ? [...nodes.value.values()] : []);

const subnetsOf = ({ tasks }: ClusterFacts): string[] =>
  tasks.known ? tasks.value.flatMap(({ subnets }) => subnets) : [];
