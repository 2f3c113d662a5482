import { type Attribute, type ECSClient, ListAttributesCommand, PutAttributesCommand } from '@aws-sdk/client-ecs';
import type { Identity } from './ecs';
import type { Said } from './life';
import type { Told } from './surplus';
import { type Word, nextWord, nothingOf, readWord, textOf, toldAt } from './word';

/** On the container instance: it goes with its node, and whoever may ask ECS for the service may read it. */
const ATTRIBUTE = 'voicecell.load';
const TARGET = 'container-instance';

/** The last part of a task's ARN, which fits a value. */
export const nodeOf = (task: string): string => task.slice(task.lastIndexOf('/') + 1);

/** What the nodes of these tasks have said, in any order; those that have not are unknown. */
export async function toldOf(
  ecs: ECSClient,
  cluster: string,
  tasks: readonly string[],
  now: number,
): Promise<readonly Told[]> {
  const words = new Map((await attributesOf(ecs, cluster)).map((word) => [word.node, word]));
  return tasks.map((task) => {
    const word = words.get(nodeOf(task));
    return word ? { ...toldAt(word, now), node: task } : nothingOf(task);
  });
}

async function attributesOf(ecs: ECSClient, cluster: string): Promise<Word[]> {
  const found: Attribute[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ecs.send(
      new ListAttributesCommand({ cluster, targetType: TARGET, attributeName: ATTRIBUTE, nextToken }),
    );
    found.push(...(page.attributes ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found.flatMap(({ value = '' }) => readWord(value) ?? []);
}

/** A node's own word: written when it changes its mind, and now and then while others decide by its count. */
export class OwnWord {
  private readonly ecs: ECSClient;
  private readonly cluster: string;
  private said: Word | undefined;

  constructor(ecs: ECSClient, cluster: string) {
    this.ecs = ecs;
    this.cluster = cluster;
  }

  async say({ task, containerInstance }: Identity, now: Said, isWanted: boolean): Promise<void> {
    const word = nextWord({ ...now, node: nodeOf(task), at: Date.now() }, this.said, isWanted);
    if (!word) return;
    await this.ecs.send(
      new PutAttributesCommand({
        cluster: this.cluster,
        attributes: [{ name: ATTRIBUTE, value: textOf(word), targetType: TARGET, targetId: containerInstance }],
      }),
    );
    this.said = word;
  }
}
