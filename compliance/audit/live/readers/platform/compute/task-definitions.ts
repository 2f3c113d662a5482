import {
  DescribeTaskDefinitionCommand,
  type ContainerDefinition,
  type DescribeTaskDefinitionResponse,
  type ECSClient,
} from '@aws-sdk/client-ecs';
import { mapAnswer, type Answer } from '../../../../../../aws/answer';
import { answering } from '../../../../../../aws/errors';
import { isRecord } from '../../../../../templates/template-set';
import type { Deployed, LiveRegion, Reading } from '../../../reading';
import { type Found, GONE, readingOf } from '../../data/parts';
import { tagsOf } from '../../data/shapes';
import { unlessChosen } from '../found';
import { capitalised } from '../spelling';

export const TASKS_ACTION = 'ecs:DescribeTaskDefinition';

type Described = DescribeTaskDefinitionResponse | typeof GONE;

/** Each revision once, however many services run it. */
export async function definitionsOf(
  arns: readonly string[],
  region: LiveRegion,
  ecs: ECSClient,
): Promise<ReadonlyMap<string, Answer<Described>>> {
  const asked = [...new Set(arns)].map(async (taskDefinition) => {
    const command = new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] });
    const answer = await region.ask(TASKS_ACTION, (abortSignal) =>
      ecs.send(command, { abortSignal }).catch(answering(GONE, 'ClientException')),
    );
    return [taskDefinition, answer] as const;
  });
  return new Map(await Promise.all(asked));
}

/** @param isRun a service goes on with a revision that was deregistered; for new ones it is gone */
export const definitionReading = (deployed: Deployed, answer: Answer<Described>, isRun: boolean): Reading =>
  readingOf(
    deployed,
    [{ names: NAMES, answer: mapAnswer(answer, (described) => definitionOf(deployed, described, isRun)) }],
    {
      EnableFaultInjection: false,
      NetworkMode: 'bridge',
    },
  );

function definitionOf(deployed: Deployed, described: Described, isRun: boolean): Found {
  if (described === GONE || !described.taskDefinition) return GONE;
  const { taskDefinition: task, tags } = described;
  if (task.status !== 'ACTIVE' && task.status !== undefined && !isRun) return GONE;
  const named = capitalised(task);
  const settings = isRecord(named) ? NAMES.map((name) => [name, named[name]] as const) : [];
  const containers = { ContainerDefinitions: task.containerDefinitions?.map(containerOf) };
  return unlessChosen(deployed, { ...Object.fromEntries(settings), ...containers, ...tagsOf(tags) }, 'Family');
}

/** What is not said is not so. */
const containerOf = (container: ContainerDefinition): unknown =>
  capitalised({ ...container, privileged: container.privileged ?? false });

const NAMES = [
  'ContainerDefinitions',
  'Cpu',
  'EnableFaultInjection',
  'EphemeralStorage',
  'ExecutionRoleArn',
  'Family',
  'IpcMode',
  'Memory',
  'NetworkMode',
  'PidMode',
  'PlacementConstraints',
  'ProxyConfiguration',
  'RequiresCompatibilities',
  'RuntimePlatform',
  'Tags',
  'TaskRoleArn',
  'Volumes',
];
