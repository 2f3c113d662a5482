import { readInputs } from '../../bin/inputs';
import { known } from '../../aws/answer';
import type { AuditUnit } from '../../compliance/audit/findings';
import type { CellJudged } from '../../compliance/audit/live/running/judge-cell';
import type { ClusterFacts, DefinitionFacts, RegionFacts, TaskFacts } from '../../compliance/audit/live/running/facts';
import { stagesOf, type Stage } from '../../compliance/audit/live/running/stages';
import type { CellPlan } from '../../regions/plan/cell-types';
import type { RegionPlan } from '../../regions/plan/types';
import { kitEvidence } from './kit-evidence';

export const NOW = new Date('2026-11-26T12:00:00Z');

/** As the lock file would name it. */
export const LOCKED = `sha256:${'a'.repeat(64)}`;

export interface Sandbox {
  readonly plan: RegionPlan;
  readonly cell: CellPlan;
  readonly audited: AuditUnit;
}

/** The sandbox with its images locked, and the templates it is deployed from. */
export function lockedSandbox(): Sandbox {
  const read = readInputs(['sandbox']);
  const [audited] = kitEvidence(['sandbox']);
  if (!read.ok || !audited) throw new Error('the sandbox cannot be read');
  const [plan] = read.inputs.plans;
  const [cell] = plan?.cells ?? [];
  if (!plan || !cell) throw new Error('the sandbox has no cell');
  const locked = {
    ...cell,
    inference: cell.inference.map((one) => ({ ...one, image: { ...one.image, digest: LOCKED } })),
  };
  return { plan: { ...plan, cells: [locked] }, cell: locked, audited };
}

/** Ports of nodes that the edge and media tasks of the kit take. */
const PORTS: Readonly<Record<string, DefinitionFacts['ports']>> = {
  edge: [{ protocol: 'tcp', port: 5061 }],
  media: [{ protocol: 'tcp', port: 9100 }],
};

const GPUS: Readonly<Record<string, number>> = { stt: 1, llm: 1, tts: 1 };

export const subnetIdOf = (tier: string): string => `subnet-${tier in GPUS ? 'inference' : tier}`;

/** Digest under which an asset runs: made of its hash, which is as long. */
export const digestOf = (tag: string): string => `sha256:${tag}`;

/** One task of every service, each on a node of its own, as the plan wants them. */
export function cleanFacts({ cell, audited }: Sandbox): RegionFacts {
  const stages = stagesOf(cell, audited.evidence);
  const own = stages.flatMap(({ images }) =>
    [...images.values()].flatMap((image) => (image.kind === 'own' && image.built ? [image.built] : [])),
  );
  return {
    clusters: new Map([[cell.name, clusterOf(stages)]]),
    instances: known(
      new Map(
        stages.map(({ tier }) => [
          `i-${tier}`,
          { azId: undefined, azName: 'us-east-1b', placementGroup: undefined, subnets: [subnetIdOf(tier)] },
        ]),
      ),
    ),
    subnets: known(
      new Map(stages.map(({ tier, subnetCidr: cidr }) => [subnetIdOf(tier), { azId: cell.azId, cidr }] as const)),
    ),
    zones: known(
      new Map([
        ['us-east-1a', 'use1-az6'],
        ['us-east-1b', cell.azId],
      ]),
    ),
    images: known(new Map(own.map(({ repository, tag }) => [`${repository}:${tag}`, [digestOf(tag)]] as const))),
  };
}

const clusterOf = (stages: readonly Stage[]): ClusterFacts => ({
  services: known(stages.map(({ serviceName: name }) => ({ name, desired: 1, running: 1 }))),
  tasks: known(stages.map(taskOf)),
  protectedUntil: known(new Map([[arnOf('media'), new Date(NOW.getTime() + 1_200_000)]])),
  nodes: known(new Map(stages.map(({ tier }) => [`ci-${tier}`, `i-${tier}`] as const))),
  definitions: new Map(
    stages.map(({ tier }) => [`td-${tier}`, known({ ports: PORTS[tier] ?? [], gpus: GPUS[tier] ?? 0 })] as const),
  ),
});

export const arnOf = (tier: string): string => `arn:aws:ecs:us-east-1:111122223333:task/cluster/${tier}0001`;

const taskOf = ({ tier, serviceName, images }: Stage): TaskFacts => ({
  arn: arnOf(tier),
  service: serviceName,
  definition: `td-${tier}`,
  containerInstance: `ci-${tier}`,
  allowsExec: false,
  subnets: tier in GPUS ? [subnetIdOf(tier)] : [],
  containers: [...images].map(([name, image]) => ({
    name,
    digest: image.kind === 'locked' ? image.digest : image.built && digestOf(image.built.tag),
    gpus: name === tier ? (GPUS[tier] ?? 0) : 0,
    ports: [],
  })),
});

/** What is judged of the cell, with other facts of its region or its cluster. */
export function judgedWith(
  sandbox: Sandbox,
  over: { readonly region?: Partial<RegionFacts>; readonly cluster?: Partial<ClusterFacts> } = {},
): CellJudged {
  const { cell, audited, plan } = sandbox;
  const region = { ...cleanFacts(sandbox), ...over.region };
  const cluster = region.clusters.get(cell.name);
  if (!cluster) throw new Error('the facts have no cell');
  return {
    audited,
    cell,
    region: plan.region,
    maxCallMinutes: plan.maxCallMinutes,
    now: NOW,
    running: { azId: cell.azId, cluster: { ...cluster, ...over.cluster }, region },
  };
}

/** The clean cell with the task of one service changed. */
export function withTask(
  sandbox: Sandbox,
  service: string,
  change: (task: TaskFacts) => Partial<TaskFacts>,
): CellJudged {
  const judged = judgedWith(sandbox);
  const { tasks } = judged.running.cluster;
  if (!tasks.known) throw new Error('the clean cell has tasks');
  const changed = tasks.value.map((task) => (task.service === service ? { ...task, ...change(task) } : task));
  return judgedWith(sandbox, { cluster: { tasks: known(changed) } });
}
