import type { Citation, Control } from '../../../controls/control';

/** What no template shows: how a cell runs. Like a control, and judged on an account only. */
export interface RuntimeRule {
  /** `CELL-01`. */
  readonly id: string;
  /** Plain sentence that is true when the rule is met. */
  readonly title: string;
  readonly citations: readonly [Citation, ...Citation[]];
  readonly severity: Control['severity'];
  readonly remedy: string;
  /** IAM actions that show it. */
  readonly live: readonly string[];
}

const house = (text: string): readonly [Citation] => [{ authority: 'house', text }];

const COLOCATION = house('every hop of a call inside one cell');
const SUPPLY = house('images by digest or by the hash of their source');
const CONTENT = house('a node runs what its plan says and nothing else');

const TASKS = ['ecs:ListTasks', 'ecs:DescribeTasks'] as const;
const NODES = [...TASKS, 'ecs:DescribeContainerInstances', 'ec2:DescribeInstances'] as const;

/** In the order of their ids. Fatal is what breaks the product's promise: nobody can waive it. */
export const RUNTIME_RULES = {
  zone: {
    id: 'CELL-01',
    title: 'Every running task of a cell runs in the Availability Zone of the cell.',
    citations: COLOCATION,
    severity: 'fatal',
    remedy: 'give the fleet the subnet of the cell only, and replace the nodes that lie elsewhere',
    live: [...NODES, 'ec2:DescribeAvailabilityZones'],
  },
  subnet: {
    id: 'CELL-02',
    title: 'Running tasks and their nodes have addresses in the subnets of their cell and tier only.',
    citations: COLOCATION,
    severity: 'fatal',
    remedy: 'give service and fleet the subnet of the cell and tier, and replace the tasks that lie elsewhere',
    live: [...NODES, 'ec2:DescribeSubnets'],
  },
  stage: {
    id: 'CELL-03',
    title: 'Every stage of the hot path runs, with as many tasks as the plan keeps at least.',
    citations: COLOCATION,
    severity: 'error',
    remedy: 'see the events of the service; set its scalable minimum back to what the plan says',
    live: ['ecs:DescribeServices'],
  },
  lockedImage: {
    id: 'CELL-04',
    title: 'Third-party images run with the digest that the lock file names.',
    citations: SUPPLY,
    severity: 'error',
    remedy: 'deploy the stack of the cell again, so that the service starts the locked image',
    live: TASKS,
  },
  ownImage: {
    id: 'CELL-05',
    title: 'Images of the kit run as they were built from the source that the template names by its hash.',
    citations: SUPPLY,
    severity: 'error',
    remedy: 'publish the assets and deploy the stack of the cell again',
    live: [...TASKS, 'ecr:BatchGetImage'],
  },
  ports: {
    id: 'CELL-06',
    title: 'Running tasks take no port of their node beyond the plan.',
    citations: CONTENT,
    severity: 'error',
    remedy: 'deploy the stack of the cell again, so that the service runs the task definition of the template',
    live: [...TASKS, 'ecs:DescribeTaskDefinition'],
  },
  gpu: {
    id: 'CELL-07',
    title: 'Every running inference task has the GPUs that the plan gives it.',
    citations: CONTENT,
    severity: 'error',
    remedy: 'deploy the stack of the cell again, so that the service runs the task definition of the template',
    live: [...TASKS, 'ecs:DescribeTaskDefinition'],
  },
  exec: {
    id: 'CELL-08',
    title: 'Nobody can open a shell in a running task.',
    citations: CONTENT,
    severity: 'error',
    remedy: 'set EnableExecuteCommand of the service to false and replace its tasks',
    live: TASKS,
  },
  placementGroup: {
    id: 'CELL-09',
    title: 'Nodes are in a placement group where the plan says so, and nowhere else.',
    citations: COLOCATION,
    severity: 'error',
    remedy: 'deploy the stack of the cell again and replace the nodes of the fleet',
    live: NODES,
  },
  protection: {
    id: 'CELL-10',
    title: 'Tasks with calls are protected from scale-in for as long as a call may last, and no longer.',
    citations: house('a live call is never cut, and a drain ends'),
    severity: 'warning',
    remedy: 'see why the task keeps its protection; take it off with ecs:UpdateTaskProtection',
    live: [...TASKS, 'ecs:GetTaskProtection'],
  },
  strangers: {
    id: 'CELL-11',
    title: 'In the cluster of a cell runs nothing but the services of the plan.',
    citations: CONTENT,
    severity: 'error',
    remedy: 'stop what is not of the plan, and see in the trail who started it',
    live: TASKS,
  },
} as const satisfies Record<string, RuntimeRule>;
