import * as fc from 'fast-check';
import { Life } from '../../../media/roster/lifecycle/life';
import { type Told, surplusOf } from '../../../media/roster/lifecycle/surplus';
import { type Word, nextWord, nothingOf, toldAt } from '../../../media/roster/lifecycle/word';

const LOOK_MS = 5_000;
const LOOKS = 8;

interface Given {
  readonly desired: number;
  readonly nodes: readonly {
    /** Calls at each look; the count is not known where there is none. */
    readonly calls: readonly (number | undefined)[];
    /** When in five seconds it looks, and how long after its word the others see it. */
    readonly phase: number;
    readonly delay: number;
  }[];
}

/** Nodes of one service that each look every five seconds, and what of each other they can see by then. */
class World {
  now = 0;
  readonly leaving: boolean[] = [];
  writes = 0;
  mostLeaving = 0;
  returns = 0;
  private readonly given: Given;
  private readonly words: { readonly seenFrom: number; readonly word: Word }[] = [];
  private readonly lives: readonly Life[];

  constructor(given: Given) {
    this.given = given;
    this.lives = given.nodes.map((_, index) => this.lifeOf(index));
  }

  async run(): Promise<this> {
    const looks = this.given.nodes.flatMap(({ phase }, index) =>
      Array.from({ length: LOOKS }, (_, turn) => ({ at: turn * LOOK_MS + phase, index })),
    );
    for (const { at, index } of looks.toSorted((a, b) => a.at - b.at)) {
      this.now = at;
      await this.lives[index]?.look();
      this.mostLeaving = Math.max(this.mostLeaving, this.leavers().length);
    }
    return this;
  }

  leavers(): string[] {
    return this.given.nodes.map((_, index) => nameOf(index)).filter((_, index) => this.leaving[index]);
  }

  private lifeOf(index: number): Life {
    let said: Word | undefined;
    return new Life(
      {
        self: () => Promise.resolve({ task: nameOf(index), taskDefinition: 'media:1' }),
        sight: () => Promise.resolve({ target: 'InService', instance: 'ACTIVE', service: this.service() }),
        holder: () => ({ keep: () => Promise.resolve() }),
        tellOthers: (_, now, isWanted) => {
          const word = nextWord({ ...now, node: nameOf(index), at: this.now }, said, isWanted);
          if (word) this.write((said = word), index);
          return Promise.resolve();
        },
      },
      {
        tellLeaving: (leaving) => {
          if (this.leaving[index] && !leaving) this.returns += 1;
          this.leaving[index] = leaving;
          return Promise.resolve(true);
        },
        rest: () => Promise.resolve(this.given.nodes[index]?.calls[Math.floor(this.now / LOOK_MS)]),
      },
    );
  }

  private write(word: Word, index: number): void {
    this.writes += 1;
    this.words.push({ seenFrom: this.now + (this.given.nodes[index]?.delay ?? 0), word });
  }

  private service() {
    const tasks = this.given.nodes.map((_, index) => nameOf(index));
    const told = tasks.map((node): Told => {
      const seen = this.words.findLast(({ word, seenFrom }) => word.node === node && seenFrom <= this.now);
      return seen ? toldAt(seen.word, this.now) : nothingOf(node);
    });
    const newest = { taskDefinition: 'media:1', isUp: true };
    return { desired: this.given.desired, newest, isDeploying: false, tasks, told };
  }
}

const nameOf = (index: number): string => `task/${index}`;

const cells = (calls: fc.Arbitrary<(number | undefined)[]>, delay: number): fc.Arbitrary<Given> =>
  fc
    .array(fc.record({ calls, phase: fc.nat(LOOK_MS - 1), delay: fc.nat(delay) }), { minLength: 2, maxLength: 7 })
    .chain((nodes) => fc.record({ nodes: fc.constant(nodes), desired: fc.integer({ min: 1, max: nodes.length }) }));

const changing = fc.array(fc.option(fc.nat(3), { nil: undefined, freq: 8 }), { minLength: LOOKS, maxLength: LOOKS });
const constant = fc.nat(5).map((calls) => Array.from({ length: LOOKS }, () => calls));
const surplus = ({ nodes, desired }: Given) => nodes.length - desired;

test('never do more leave than are too many, however counts change while they agree', async () => {
  await fc.assert(
    fc.asyncProperty(cells(changing, LOOK_MS / 2), async (given) => {
      const world = await new World(given).run();
      expect(world.mostLeaving).toBeLessThanOrEqual(surplus(given));
      expect(world.returns).toBe(0);
    }),
  );
});

test('the emptiest leave, all of them within five looks, and nobody writes more than needed', async () => {
  await fc.assert(
    fc.asyncProperty(cells(constant, 1_000), async (given) => {
      const world = await new World(given).run();
      const loads = given.nodes.map(({ calls }, index) => ({ node: nameOf(index), calls: calls[0], isLeaving: false }));
      expect(world.leavers()).toEqual(surplusOf(loads, surplus(given)).toSorted());
      expect(world.writes).toBeLessThanOrEqual(given.nodes.length + 3 * surplus(given));
    }),
  );
});

test('where words are seen later than a look, too many leave for a while at most, and some come back', async () => {
  await fc.assert(
    fc.asyncProperty(cells(constant, 2 * LOOK_MS), async (given) => {
      const world = await new World(given).run();
      expect(world.leavers().length).toBeLessThanOrEqual(surplus(given));
    }),
  );
});
