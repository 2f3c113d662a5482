import { BatchGetImageCommand } from '@aws-sdk/client-ecr';
import { type ContainerDefinition, DescribeTaskDefinitionCommand, type TaskDefinition } from '@aws-sdk/client-ecs';
import { type ContainerContract, NODE } from '../../../media/contract';
import type { InferencePlan } from '../../../regions/plan/cell-types';
import type { Region } from './aws';
import type { Place } from './cell';
import { type Check, check, once, present } from './check';
import { describeService } from './services';
import type { PlannedTier } from './tiers';

type Containers = () => Promise<readonly ContainerDefinition[]>;

/** What a tier's tasks run: the planned containers, unprivileged, from images that are there, without secrets in sight. */
export function taskChecks(tier: PlannedTier, place: Place): Check[] {
  const task = once(() => taskOf(tier, place));
  const containers = async () => (await task()).containerDefinitions ?? [];
  const what = `task ${tier.name}`;
  return [
    check(`${what}: network mode`, tier.network, async () => (await task()).networkMode),
    check(`${what}: has roles of its own`, { task: true, execution: true }, async () => {
      const { taskRoleArn, executionRoleArn } = await task();
      return { task: Boolean(taskRoleArn), execution: Boolean(executionRoleArn) };
    }),
    check(`${what}: unprivileged containers by user`, usersOf(tier, place), async () =>
      Object.fromEntries((await containers()).map((one) => [one.name, one.privileged ? 'privileged' : one.user])),
    ),
    check(`${what}: secrets in the open`, [], async () => (await containers()).flatMap(secretsInSight)),
    check(`${what}: images that cannot be pulled`, [], async () => {
      const images = (await containers()).map(({ image = '' }) => image);
      return (await Promise.all(images.map((image) => lacking(image, place.region)))).flat();
    }),
    ...contentChecks(tier, place, containers),
  ];
}

/** The definition that the service runs, not the newest of its family. */
async function taskOf(tier: PlannedTier, place: Place): Promise<TaskDefinition> {
  const { taskDefinition } = await describeService(tier, place);
  const answer = await place.region.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  return present(answer.taskDefinition, 'task definition');
}

function usersOf({ tier }: PlannedTier, { cell }: Place): Record<string, string> {
  if (tier === 'edge' || tier === 'media')
    return Object.fromEntries(cell[tier].containers.map(({ name, user }) => [name, user]));
  const service = inference(tier, cell.inference);
  return { ...(service.weights === 'staged' && { loader: NODE.user }), [tier]: service.user };
}

const SECRET_NAME = /PASSWORD|SECRET|TOKEN|CREDENTIAL|PRIVATE_?KEY|ACCESS_?KEY|API_?KEY/i;

/** A name of Secrets Manager or a path tells nothing; any other value of a variable that is called a secret does. */
const secretsInSight = ({ name, environment = [] }: ContainerDefinition): string[] =>
  environment
    .filter((one) => SECRET_NAME.test(one.name ?? '') && !/^(arn:|\/)/.test(one.value ?? ''))
    .map((one) => `${name}: ${one.name}`);

const ECR_IMAGE = /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/([^:@]+)(?::([^@]+)|@(sha256:[0-9a-f]{64}))$/;

/** An image that this region's registry does not have; empty when it does. */
async function lacking(image: string, { ecr }: Region): Promise<string[]> {
  const [, repositoryName, imageTag, imageDigest] = ECR_IMAGE.exec(image) ?? [];
  if (!repositoryName) return [`${image} is not in the region's registry`];
  const { images = [] } = await ecr.send(
    new BatchGetImageCommand({ repositoryName, imageIds: [imageTag ? { imageTag } : { imageDigest }] }),
  );
  return images.length === 1 ? [] : [image];
}

function contentChecks(tier: PlannedTier, { cell }: Place, containers: Containers): Check[] {
  if (tier.tier === 'edge' || tier.tier === 'media')
    return [environmentCheck(tier, cell[tier.tier].containers, containers)];
  const { image, gpusPerTask } = inference(tier.tier, cell.inference);
  return [
    check(`task ${tier.name}: image by digest, GPUs`, { image: image.uri, gpus: [`GPU ${gpusPerTask}`] }, async () => {
      const server = (await containers()).find(({ name }) => name === tier.tier);
      const gpus = server?.resourceRequirements?.map(({ type, value }) => `${type} ${value}`);
      return { image: server?.image, gpus };
    }),
  ];
}

/** Every planned variable with its planned value; ids that only the stacks know come on top. */
const environmentCheck = (
  { name }: PlannedTier,
  contracts: readonly ContainerContract[],
  containers: Containers,
): Check =>
  check(
    `task ${name}: planned environment`,
    Object.fromEntries(contracts.map((one) => [one.name, one.env ?? {}])),
    async () => {
      const found = await containers();
      return Object.fromEntries(
        contracts.map((contract) => {
          const { environment = [] } = present(
            found.find((one) => one.name === contract.name),
            `container ${contract.name}`,
          );
          const planned = environment.filter((one) => Object.hasOwn(contract.env ?? {}, one.name ?? ''));
          return [contract.name, Object.fromEntries(planned.map((one) => [one.name, one.value]))];
        }),
      );
    },
  );

const inference = (tier: string, services: readonly InferencePlan[]): InferencePlan =>
  present(
    services.find((service) => service.tier === tier),
    `service ${tier} in the plan`,
  );
