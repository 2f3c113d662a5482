import * as fc from 'fast-check';
import { Resolver } from 'node:dns/promises';
import { resolver } from '../../../bench/drain/aws/dns';
import { movesOf, overdue } from '../../../bench/drain/aws/scheduler';
import { definitionOf, newTask, type Service, type Task, wanted } from '../../../bench/drain/aws/state';
import { KINDS, LENGTHS, lengthsOf, nodesFor, scheduleOf, STEADY_NODES } from '../../../bench/drain/load';

const NOW = 1_000;
const state = fc.constantFrom<Task['state']>('starting', 'running', 'stopping', 'stopped');

const task = fc
  .record({ revision: fc.integer({ min: 1, max: 3 }), state, isProtected: fc.boolean(), isDraining: fc.boolean() })
  .map(({ revision, state, isProtected, isDraining }): Task => {
    const made = newTask(definitionOf(revision), '10.0.0.1', 'demo');
    if (isDraining) made.instance.status = 'DRAINING';
    return Object.assign(made, { state, protectedUntil: isProtected ? NOW + 1 : NOW });
  });
const service: fc.Arbitrary<Service> = fc.record({
  desired: fc.integer({ min: 1, max: 4 }),
  revision: fc.constant(3),
  tasks: fc.array(task, { maxLength: 8 }),
});

const staying = (one: Service): Task[] =>
  wanted(one).filter(
    ({ definition, instance }) => definition === definitionOf(one.revision) && instance.status === 'ACTIVE',
  );

describe('what ECS does next', () => {
  test('stops no task that is protected, and none that is not running', () => {
    fc.assert(
      fc.property(service, (one) => {
        for (const { protectedUntil, state } of movesOf(one, NOW).stop)
          expect([protectedUntil <= NOW, state]).toEqual([true, 'running']);
      }),
    );
  });

  test('leaves as many of the newest definition as are wanted, on instances that stay', () => {
    fc.assert(
      fc.property(service, (one) => {
        const { start, stop } = movesOf(one, NOW);
        const left = staying(one).filter((task) => !stop.includes(task)).length;
        expect(left + start).toBeGreaterThanOrEqual(one.desired);
        expect(start === 0 || left + start === one.desired).toBe(true);
        expect(stop.length === 0 || left >= one.desired).toBe(true);
      }),
    );
  });

  test('comes to rest with what is wanted, once nothing is protected', () => {
    fc.assert(
      fc.property(service, (one) => {
        for (let round = 0; round < 10; round += 1) step(one);
        expect(staying(one)).toHaveLength(one.desired);
        expect(wanted(one)).toHaveLength(one.desired);
      }),
    );
  });

  /** Everything that is begun succeeds. */
  function step(one: Service): void {
    for (const task of one.tasks) {
      task.protectedUntil = 0;
      if (task.state === 'starting') task.state = 'running';
    }
    const { start, stop } = movesOf(one, NOW);
    for (const task of stop) task.state = 'stopped';
    for (let count = 0; count < start; count += 1) one.tasks.push(newTask(definitionOf(one.revision), '', 'demo'));
  }

  test('an instance is cut off when its hook runs out, and not when it was completed', () => {
    const one = newTask(definitionOf(1), '10.0.0.1', 'demo');
    const of = { desired: 1, revision: 1, tasks: [one] };
    Object.assign(one.instance, { isTaken: true, hookUntil: NOW });
    expect([overdue(of, NOW), overdue(of, NOW + 1)]).toEqual([[], [one]]);
    one.instance.isReleased = true;
    expect(overdue(of, NOW + 1)).toEqual([]);
  });
});

test('the resolver answers as the zone has it, and says of a name that is not there that it is not', async () => {
  const zone = {
    srv: (name: string) => (name === 'media.cell' ? [{ target: 'one.media.cell', port: 5060 }] : undefined),
    a: (name: string) => (name === 'one.media.cell' ? '10.0.0.7' : undefined),
  };
  const socket = await resolver('127.0.0.1', zone, 0);
  const asking = new Resolver({ timeout: 1_000, tries: 1 });
  asking.setServers([`127.0.0.1:${socket.address().port}`]);
  try {
    expect(await asking.resolveSrv('media.cell')).toEqual([
      { name: 'one.media.cell', port: 5060, priority: 1, weight: 1 },
    ]);
    expect(await asking.resolve4('one.media.cell')).toEqual(['10.0.0.7']);
    await expect(asking.resolve4('media.cell')).rejects.toMatchObject({ code: 'ENODATA' });
    await expect(asking.resolve4('two.media.cell')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  } finally {
    socket.close();
  }
});

describe('the load', () => {
  test('calls are as long in every run, each within its bounds, and a longer run begins as a shorter one', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), fc.nat(), (one, more, seed) => {
        const lengths = lengthsOf(one + more, seed);
        expect(lengths.slice(0, one)).toEqual(lengthsOf(one, seed));
        expect(lengths.every((ms) => ms >= LENGTHS.from && ms <= LENGTHS.to)).toBe(true);
      }),
    );
  });

  test('each kind of leaving has its turn, and there are nodes for all of them', () => {
    fc.assert(
      fc.property(fc.nat(60), (cycles) => {
        const kinds = scheduleOf(cycles);
        const counts = KINDS.map((kind) => kinds.filter((one) => one === kind).length);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        const deployments = kinds.filter((one) => one === 'deployment').length;
        expect(nodesFor(kinds)).toBe(STEADY_NODES + cycles + deployments * (STEADY_NODES - 1));
      }),
    );
  });
});
