import type { Hold, Service, Sight } from '../../../media/roster/lifecycle/decide';
import { Life, type Rest, type Said } from '../../../media/roster/lifecycle/life';

const SERVICE: Service = {
  desired: 1,
  newest: { taskDefinition: 'media:1', isUp: true },
  isDeploying: false,
  tasks: ['task/a'],
};
const steady: Sight = { target: 'InService', instance: 'ACTIVE', service: SERVICE };
const taken: Sight = { ...steady, target: 'Terminated' };
const HELD: Hold = { protect: true, hook: 'renew' };
const FREE: Hold = { protect: false, hook: 'complete' };

/** A node of which every answer is given. */
class Node {
  sight = steady;
  rest: Rest = 0;
  isTold = true;
  isRefused = false;
  readonly told: boolean[] = [];
  readonly words: (Said & { isWanted: boolean })[] = [];
  readonly holds: Hold[] = [];
  readonly life = new Life(
    {
      self: () => Promise.resolve({ task: 'task/a', taskDefinition: 'media:1' }),
      sight: () => Promise.resolve(this.sight),
      holder: () => ({
        keep: (hold) => {
          this.holds.push(hold);
          return this.isRefused ? Promise.reject(new Error('refused')) : Promise.resolve();
        },
      }),
      tellOthers: (_, said, isWanted) => {
        this.words.push({ ...said, isWanted });
        return Promise.resolve();
      },
    },
    {
      tellLeaving: (leaving) => {
        this.told.push(leaving);
        return Promise.resolve(this.isTold);
      },
      rest: () => Promise.resolve(this.rest),
    },
  );

  async look(): Promise<Hold | undefined> {
    await this.life.look();
    return this.holds.at(-1);
  }
}

let node: Node;
beforeEach(() => {
  node = new Node();
});

test('a node that takes calls is protected, also while it has none', async () => {
  expect(await node.look()).toEqual({ protect: true, hook: 'nothing' });
  expect(node.told).toEqual([false]);
});

test.each<[string, Rest]>([
  ['has a call', 1],
  ['does not say what it has', undefined],
  ['does not answer, and may be starting', 'gone'],
])('one that leaves is held while it %s', async (_, rest) => {
  node.sight = taken;
  node.rest = rest;
  expect(await node.look()).toEqual(HELD);
});

test('one that leaves is held until it has been told, and goes when nothing is left', async () => {
  node.sight = taken;
  node.isTold = false;
  expect(await node.look()).toEqual(HELD);
  node.isTold = true;
  expect(await node.look()).toEqual(FREE);
  expect(node.told).toEqual([true, true]);
});

test('one that is wanted after all is told so, and protected again', async () => {
  node.sight = taken;
  await node.look();
  node.sight = steady;
  expect(await node.look()).toEqual({ protect: true, hook: 'nothing' });
  expect(node.told).toEqual([true, false]);
});

describe('a task that is told to stop', () => {
  beforeEach(() => node.life.stop());

  test('takes no calls, and holds the instance until nothing is left', async () => {
    [node.sight, node.rest] = [taken, 1];
    expect(await node.look()).toEqual(HELD);
    expect([node.told, node.life.isOver]).toEqual([[true], false]);
    node.rest = 0;
    await node.look();
    expect(node.life.isOver).toBe(true);
  });

  test('is over when the other containers have ended', async () => {
    node.rest = 'gone';
    await node.look();
    expect(node.life.isOver).toBe(true);
  });

  test('is over also where AWS refuses to hear so', async () => {
    node.isRefused = true;
    await expect(node.look()).rejects.toThrow('refused');
    expect(node.life.isOver).toBe(true);
  });
});

test('a node that nobody stops is never over, however empty', async () => {
  node.sight = taken;
  await node.look();
  expect(node.life.isOver).toBe(false);
});

describe('the others are told', () => {
  const told = (calls: number | undefined, isLeaving = false) => [
    { node: 'task/a', calls, isLeaving, ageMs: 5_000 },
    { node: 'task/b', calls: 3, isLeaving: false, ageMs: 5_000 },
  ];
  const sees = (calls: number | undefined, isLeaving = false): Sight => ({
    ...steady,
    service: { ...SERVICE, tasks: ['task/a', 'task/b'], told: told(calls, isLeaving) },
  });

  test('what it has, and that it goes, one look before it does', async () => {
    [node.sight, node.rest] = [sees(undefined), 2];
    await node.look();
    node.sight = sees(2);
    await node.look();
    node.sight = sees(2, true);
    await node.look();
    expect(node.words).toEqual([
      { calls: 2, isLeaving: false, isWanted: true },
      { calls: 2, isLeaving: true, isWanted: true },
      { calls: 2, isLeaving: true, isWanted: false },
    ]);
    expect(node.told).toEqual([false, false, true]);
  });

  test('that it goes because its instance is taken, so that no other goes for it', async () => {
    node.sight = { ...sees(0), target: 'Terminated' };
    await node.look();
    expect(node.words).toEqual([{ calls: 0, isLeaving: true, isTaken: true, isWanted: true }]);
  });

  test('also where AWS does not let it be held', async () => {
    [node.sight, node.isRefused] = [sees(0), true];
    await expect(node.look()).rejects.toThrow('refused');
    expect(node.words).toHaveLength(1);
  });
});
