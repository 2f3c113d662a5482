import type { PortRange } from '../../media/contract/input';
import type { ContainerContract } from '../../media/contract/schema';
import type { InferenceTier } from '../config/schema';

/** From the running minimum to the most, both included. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Every decision for one cell. */
export interface CellPlan {
  readonly azId: string;
  /** PascalCase of the AZ id for construct ids: `Use1Az4`. */
  readonly id: string;
  /** `<deployment>-<region>-<azId>`: cluster name and prefix of the cell's names. */
  readonly name: string;
  readonly subnets: {
    readonly edge: string;
    readonly media: string;
    readonly inference: string;
    readonly data: string;
  };
  /** Task role of the cell's media nodes, the only principal that may become the writer. */
  readonly mediaTaskRole: string;
  /** Private DNS namespace: a name in it resolves to this cell only. */
  readonly namespace: string;
  /** Concurrent calls the cell must hold: its share of the peak when one other cell is lost. */
  readonly calls: Range;
  readonly edge: FleetPlan;
  readonly media: FleetPlan & { readonly spoolGiB: number };
  readonly inference: readonly InferencePlan[];
  /** Name in the namespace of the way to declared hosts outside; absent where none is declared. */
  readonly proxyService?: string;
  /** Elastic IPs of the cell's retained pool: edge maximum plus surge. */
  readonly elasticIps: number;
}

/** The edge or media nodes of a cell and what runs on each. */
export interface FleetPlan {
  readonly tier: 'edge' | 'media';
  readonly serviceName: string;
  readonly instanceType: string;
  readonly amiId: string;
  readonly callsPerNode: number;
  /** Instances and tasks alike: one task an instance. */
  readonly nodes: Range;
  /** Nodes above `max` while a deployment or an instance refresh runs. */
  readonly surge: number;
  readonly rtpPorts: PortRange;
  readonly containers: readonly ContainerContract[];
}

/** An inference image where the cells can pull it. */
export interface ImagePlan {
  /** As the config names it. */
  readonly reference: string;
  /** `sha256:…` from the lock file; undefined means unlocked. */
  readonly digest?: string;
  /** In-region ECR repository and digest (or the unlocked tag, which deploying commands refuse). */
  readonly uri: string;
}

/** One inference service of a cell: its image, its model, and the GPU nodes it runs on. */
export interface InferencePlan {
  readonly tier: InferenceTier;
  readonly serviceName: string;
  readonly engine: string;
  readonly image: ImagePlan;
  readonly model: { readonly repository: string; readonly revision: string };
  /** Key prefix of the model in the weights bucket. */
  readonly weightsPrefix: string;
  readonly instanceType: string;
  readonly amiId: string;
  readonly gpusPerTask: number;
  readonly tasksPerInstance: number;
  readonly callsPerTask: number;
  readonly tasks: Range;
  readonly instances: Range;
  readonly memoryMiB: number;
  readonly sharedMemoryMiB: number;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
  /** Whether the engine streams weights from S3 itself or a loader stages them on the node first. */
  readonly weights: 'streamed' | 'staged';
  readonly port: number;
  readonly healthPath: string;
  /** Shell-free command that exits 0 when the server answers its health path. */
  readonly healthCommand: readonly string[];
  /** How long the service ignores health after a task starts. */
  readonly graceSeconds: number;
  readonly capacityReservation: 'none' | 'create';
  readonly placementGroup: 'none' | 'cluster';
}
