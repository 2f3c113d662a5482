import type { CellPlan, FleetPlan, InferencePlan } from '../../../../regions/plan/cell-types';
import type { Evidence } from '../../../controls/evidence';
import { asString, type Resource } from '../../../templates/template-set';
import type { TaggedImage } from './image-reader';
import type { HostPort } from './facts';

/** What an image of a container must be. */
export type ExpectedImage =
  | { readonly kind: 'locked'; readonly reference: string; readonly digest: string | undefined }
  /** Built by the kit: undefined where the templates do not say from which hash. */
  | { readonly kind: 'own'; readonly built: TaggedImage | undefined };

/** One service of a cell as the plan wants it to run. */
export interface Stage {
  readonly tier: FleetPlan['tier'] | InferencePlan['tier'];
  readonly serviceName: string;
  /** The service, and the cluster it runs in, in the templates. */
  readonly service: Resource | undefined;
  /** Tasks that run at least. */
  readonly least: number;
  /** Of nodes and of tasks with an interface of their own. */
  readonly subnetCidr: string;
  readonly gpus: number;
  readonly placementGroup: InferencePlan['placementGroup'];
  /** By name of the container. */
  readonly images: ReadonlyMap<string, ExpectedImage>;
  /** Whether a port of the node is planned. */
  readonly mayTake: (port: HostPort) => boolean;
  /** Its tasks hold calls, and protect themselves while they do. */
  readonly holdsCalls: boolean;
}

export function stagesOf(cell: CellPlan, evidence: Evidence): readonly Stage[] {
  const builder = new Stages(cell, evidence);
  return [builder.fleet(cell.edge), builder.fleet(cell.media), ...cell.inference.map((one) => builder.inference(one))];
}

class Stages {
  private readonly cell: CellPlan;
  private readonly evidence: Evidence;

  constructor(cell: CellPlan, evidence: Evidence) {
    this.cell = cell;
    this.evidence = evidence;
  }

  fleet({ tier, serviceName, nodes, containers }: FleetPlan): Stage {
    const service = serviceIn(this.evidence, this.cell, serviceName);
    const ports = containers.flatMap((container) => container.ports ?? []);
    return {
      tier,
      serviceName,
      service,
      least: nodes.min,
      subnetCidr: this.cell.subnets[tier],
      gpus: 0,
      placementGroup: 'none',
      images: new Map(containers.map(({ name, image }) => [name, this.contracted(service, name, image)] as const)),
      mayTake: ({ protocol, port }) =>
        ports.some((one) => one.protocol === protocol && one.from <= port && port <= one.to),
      holdsCalls: true,
    };
  }

  inference({ tier, serviceName, tasks, gpusPerTask, placementGroup, image, weights }: InferencePlan): Stage {
    const service = serviceIn(this.evidence, this.cell, serviceName);
    const server = { kind: 'locked', reference: image.reference, digest: image.digest } as const;
    const loader = weights === 'staged' ? ([[LOADER, this.own(service, LOADER)]] as const) : [];
    return {
      tier,
      serviceName,
      service,
      least: tasks.min,
      subnetCidr: this.cell.subnets.inference,
      gpus: gpusPerTask,
      placementGroup,
      images: new Map<string, ExpectedImage>([[tier, server], ...loader]),
      mayTake: () => false,
      holdsCalls: false,
    };
  }

  private contracted(service: Resource | undefined, name: string, image: string): ExpectedImage {
    if (image.startsWith('asset:')) return this.own(service, name);
    return { kind: 'locked', reference: image, digest: /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1] };
  }

  private own(service: Resource | undefined, name: string): ExpectedImage {
    const { evidence } = this;
    const task = service && evidence.resourceOf(evidence.at(service, 'TaskDefinition'), 'AWS::ECS::TaskDefinition');
    const container = task && evidence.list(task, 'ContainerDefinitions').find(({ Name: other }) => other === name);
    return { kind: 'own', built: taggedImage(asString(container?.['Image']) ?? '') };
  }
}

/** The container that copies weights to the node before the server starts. */
const LOADER = 'loader';

/** An image of ECR, named by the hash of a CDK asset. */
const ASSET = /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.[a-z.]+\/([^:@]+):([0-9a-f]{64})$/;

function taggedImage(uri: string): TaggedImage | undefined {
  const [, repository, tag] = ASSET.exec(uri) ?? [];
  return repository && tag ? { repository, tag } : undefined;
}

const serviceIn = (evidence: Evidence, cell: CellPlan, serviceName: string): Resource | undefined =>
  evidence.ofType('AWS::ECS::Service').find((service) => {
    const cluster = evidence.resourceOf(evidence.at(service, 'Cluster'), 'AWS::ECS::Cluster');
    const name = evidence.at(service, 'ServiceName');
    return name === serviceName && cluster !== undefined && evidence.nameOf(cluster) === cell.name;
  });

export const clusterIn = (evidence: Evidence, cell: CellPlan): Resource | undefined =>
  evidence.ofType('AWS::ECS::Cluster').find((cluster) => evidence.nameOf(cluster) === cell.name);
