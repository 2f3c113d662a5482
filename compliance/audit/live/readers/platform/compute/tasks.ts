import { ECSClient, type Service } from '@aws-sdk/client-ecs';
import type { Answer } from '../../../../../../aws/answer';
import { clientConfig } from '../../../../../../aws/reader';
import { isRecord } from '../../../../../templates/template-set';
import type { Deployed, LiveReader } from '../../../reading';
import { primaryId } from '../found';
import { serviceReading, SERVICES_ACTION, servicesOf } from './services';
import { definitionReading, definitionsOf, TASKS_ACTION } from './task-definitions';

const SERVICE = 'AWS::ECS::Service';
const TASK = 'AWS::ECS::TaskDefinition';

/**
 * Services, and what they run: of a task definition whose service was moved to another one, that other is read, because it is
 * the one that has calls.
 */
export const tasks: LiveReader = {
  types: [SERVICE, TASK],
  actions: [SERVICES_ACTION, TASKS_ACTION],
  async read(deployed, region) {
    const ecs = new ECSClient(clientConfig(region));
    const services = deployed.filter(({ resource }) => resource.type === SERVICE);
    const answer = await servicesOf(services, region, ecs);
    const tasks = deployed
      .filter(({ resource }) => resource.type === TASK)
      .map((task) => ({ task, run: runFor(task, services, answer) }));
    const definitions = await definitionsOf(
      tasks.map(({ task, run }) => run ?? task.physicalId),
      region,
      ecs,
    );
    return [
      ...services.map((service) => serviceReading(service, answer)),
      ...tasks.flatMap(({ task, run }) => {
        const definition = definitions.get(run ?? task.physicalId);
        return definition ? [definitionReading(task, definition, run !== undefined)] : [];
      }),
    ];
  },
};

/** What the services that a template gives a task definition run instead or as it says; undefined where they differ. */
function runFor(
  { resource: { stack, logicalId } }: Deployed,
  services: readonly Deployed[],
  answer: Answer<readonly Service[]>,
): string | undefined {
  if (!answer.known) return undefined;
  const users = services.filter(({ resource }) => {
    const { TaskDefinition: task } = resource.properties;
    return resource.stack === stack && isRecord(task) && task['Ref'] === logicalId;
  });
  const arns = new Set(users.map(primaryId));
  const run = new Set(
    answer.value.filter(({ serviceArn = '' }) => arns.has(serviceArn)).map((one) => one.taskDefinition),
  );
  return run.size === 1 ? [...run][0] : undefined;
}
