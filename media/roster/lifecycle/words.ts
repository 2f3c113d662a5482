import { type ECSClient, PutAttributesCommand, paginateListAttributes } from '@aws-sdk/client-ecs';
import { Attempts } from './attempts';
import type { Identity } from './ecs';
import type { Said } from './life';
import type { Told } from './surplus';
import { type Word, nextWord, nothingOf, readWord, textOf, toldAt } from './word';

/** On the container instance: it goes with its node, and whoever may ask ECS for the service may read it. */
const ATTRIBUTE = 'voicecell.load';
const TARGET = 'container-instance';

/** The last part of a task's ARN, which fits a value. */
export const nodeOf = (task: string): string => task.slice(task.lastIndexOf('/') + 1);

export interface WordsOptions {
  readonly ecs: ECSClient;
  readonly cluster: string;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly tellFailure: () => void;
  readonly warn: (message: string) => void;
}

/** A node's own word, written when it changes its mind, and now and then while others decide by its count; and theirs. */
export class Words {
  private readonly options: WordsOptions;
  private readonly saying: Attempts;
  private readonly reading: Attempts;
  private said: Word | undefined;

  constructor(options: WordsOptions) {
    this.options = options;
    this.saying = new Attempts(options.now, options.tellFailure);
    this.reading = new Attempts(options.now, options.tellFailure);
  }

  /** What the nodes of these tasks have said; undefined where nobody answered. */
  async told(tasks: readonly string[]): Promise<readonly Told[] | undefined> {
    const { ecs, cluster, warn } = this.options;
    try {
      return await this.reading.run(() => toldOf(ecs, cluster, tasks, Date.now()));
    } catch (error) {
      warn(`what other nodes say: ${(error as Error).message}`);
      return undefined;
    }
  }

  async say(self: Identity, now: Said, isWanted: boolean): Promise<void> {
    const word = nextWord({ ...now, node: nodeOf(self.task), at: Date.now() }, this.said, isWanted);
    if (word) await this.saying.run(() => this.write(self, word));
  }

  private async write({ containerInstance }: Identity, word: Word): Promise<void> {
    const { ecs, cluster } = this.options;
    await ecs.send(
      new PutAttributesCommand({
        cluster,
        attributes: [{ name: ATTRIBUTE, value: textOf(word), targetType: TARGET, targetId: containerInstance }],
      }),
    );
    this.said = word;
  }
}

/** In any order; those that have said nothing are unknown. */
async function toldOf(
  ecs: ECSClient,
  cluster: string,
  tasks: readonly string[],
  now: number,
): Promise<readonly Told[]> {
  const words = new Map((await wordsIn(ecs, cluster)).map((word) => [word.node, word]));
  return tasks.map((task) => {
    const word = words.get(nodeOf(task));
    return word ? { ...toldAt(word, now), node: task } : nothingOf(task);
  });
}

/** Taken at their word: which instance a task runs on, only one more request for each would say. */
async function wordsIn(ecs: ECSClient, cluster: string): Promise<Word[]> {
  const found: Word[] = [];
  const asked = { cluster, targetType: TARGET, attributeName: ATTRIBUTE } as const;
  for await (const { attributes = [] } of paginateListAttributes({ client: ecs }, asked))
    found.push(...attributes.flatMap(({ value = '' }) => readWord(value) ?? []));
  return found;
}
