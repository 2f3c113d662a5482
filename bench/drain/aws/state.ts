import { randomUUID } from 'node:crypto';

const ACCOUNT = 'us-east-1:123456789012';

/** An EC2 instance of the media group, and what ECS and Auto Scaling have in mind for it. */
export interface Instance {
  readonly id: string;
  readonly arn: string;
  readonly address: string;
  status: 'ACTIVE' | 'DRAINING';
  /** Auto Scaling ends it once its hook is completed. */
  isTaken: boolean;
  /** Until when the hook waits for the next heartbeat, ms. */
  hookUntil: number;
  isReleased: boolean;
}

export interface Task {
  readonly arn: string;
  /** Last part of the ARN. */
  readonly id: string;
  readonly definition: string;
  readonly instance: Instance;
  state: 'starting' | 'running' | 'stopping' | 'stopped';
  /** Until when scale-in and deployments leave it alone, ms. */
  protectedUntil: number;
}

/** What ECS knows of the service of media nodes. */
export interface Service {
  desired: number;
  revision: number;
  readonly tasks: Task[];
}

export const definitionOf = (revision: number): string =>
  `arn:aws:ecs:${ACCOUNT}:task-definition/demo-media:${revision}`;

const hexId = (): string => randomUUID().replaceAll('-', '');

/** A task on an instance of its own, as the placement of media nodes has it. */
export function newTask(definition: string, address: string, cluster: string): Task {
  const [id, instance] = [hexId(), hexId()];
  return {
    arn: `arn:aws:ecs:${ACCOUNT}:task/${cluster}/${id}`,
    id,
    definition,
    state: 'starting',
    protectedUntil: 0,
    instance: {
      id: `i-${instance.slice(0, 17)}`,
      arn: `arn:aws:ecs:${ACCOUNT}:container-instance/${cluster}/${instance}`,
      address,
      status: 'ACTIVE',
      isTaken: false,
      hookUntil: Infinity,
      isReleased: false,
    },
  };
}

/** Tasks that ECS wants to run, as `ListTasks` has them. */
export const wanted = ({ tasks }: Service): Task[] =>
  tasks.filter(({ state }) => state === 'starting' || state === 'running');
