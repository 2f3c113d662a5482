import type { Answer } from '../../../../aws/answer';
import type { ClusterFacts, InstanceFacts, RegionFacts, TaskFacts } from './facts';
import { shortId } from './facts';
import { untold, wrong, type Flaw } from './finding';
import type { Stage } from './stages';

/** A cell as it runs in its region. */
export interface Running {
  readonly azId: string;
  readonly cluster: ClusterFacts;
  readonly region: RegionFacts;
}

/** The node a task runs on, or why nobody can say which. */
function nodeOf(task: TaskFacts, { cluster, region }: Running): Answer<InstanceFacts | undefined> {
  if (!cluster.nodes.known) return cluster.nodes;
  if (!region.instances.known) return region.instances;
  const id = cluster.nodes.value.get(task.containerInstance ?? '');
  return { known: true, value: region.instances.value.get(id ?? '') };
}

type NodeRule = (task: TaskFacts, node: InstanceFacts, running: Running) => Flaw[];

/** A rule over the node of a task; a task without one is Fargate's or another machine's, and lies nobody knows where. */
const onNode =
  (what: string, rule: NodeRule) =>
  (task: TaskFacts, running: Running): Flaw[] => {
    const node = nodeOf(task, running);
    if (!node.known) return [untold(`${what} of ${nameOf(task)}`, node)];
    if (!node.value) return [wrong(`${nameOf(task)} runs on no instance of the account that is there`)];
    return rule(task, node.value, running);
  };

const nameOf = ({ arn }: TaskFacts): string => `task ${shortId(arn)}`;

export const zoneFlaws = onNode('the Availability Zone', (task, { azId, azName = '' }, { azId: cell, region }) => {
  const { zones } = region;
  if (azId === undefined && !zones.known) return [untold(`the Availability Zone of ${nameOf(task)}`, zones)];
  const found = azId ?? (zones.known ? zones.value.get(azName) : undefined);
  if (found === undefined) return [untold(`the Availability Zone of ${nameOf(task)}`, noZone(azName))];
  return found === cell ? [] : [wrong(`${nameOf(task)} runs in ${found}, outside its cell ${cell}`)];
});

const noZone = (azName: string) => ({
  why: `ec2:DescribeAvailabilityZones names no zone ${azName}`,
  remedy: 'ask again; if it stays, ask AWS Support',
});

export const subnetFlaws = (stage: Stage) =>
  onNode('the subnet', (task, node, { azId, region: { subnets } }) => {
    if (!subnets.known) return [untold(`the subnet of ${nameOf(task)}`, subnets)];
    return [...new Set([...node.subnets, ...task.subnets])].flatMap((id) => {
      const { azId: found, cidr } = subnets.value.get(id) ?? {};
      if (found === azId && cidr === stage.subnetCidr) return [];
      const where = cidr === undefined ? 'that is not there' : `${cidr} in ${found ?? 'no known zone'}`;
      return [wrong(`${nameOf(task)} has an address in ${id}, ${where}; planned is ${stage.subnetCidr} in ${azId}`)];
    });
  });

export const placementGroupFlaws = (stage: Stage) =>
  onNode('the placement group', (task, { placementGroup }) => {
    if (stage.placementGroup === 'none')
      return placementGroup
        ? [wrong(`${nameOf(task)} runs in placement group ${placementGroup}, planned is none`)]
        : [];
    return placementGroup ? [] : [wrong(`${nameOf(task)} runs in no placement group, planned is a cluster of them`)];
  });
