import * as fc from 'fast-check';
import type { Service } from '../../../media/roster/lifecycle/decide';
import { Settled } from '../../../media/roster/lifecycle/settled';

const SECONDS = 60;
const service = (taskDefinition: string, isUp: boolean): Service => ({
  desired: 2,
  newest: { taskDefinition, isUp },
  isDeploying: true,
  tasks: [],
});

let time: number;
let settled: Settled;
beforeEach(() => {
  time = 0;
  settled = new Settled(SECONDS, () => time);
});

const isUpAt = (seconds: number, seen: Service | undefined): boolean | undefined => {
  time = seconds * 1_000;
  return settled.seen(seen)?.newest.isUp;
};

test('newest tasks are up once they have been for a while', () => {
  expect([0, 59, 60, 61].map((at) => isUpAt(at, service('media:2', true)))).toEqual([false, false, true, true]);
});

test('a task that falls and comes back, or another deployment, begins the while anew', () => {
  isUpAt(0, service('media:2', true));
  expect(isUpAt(60, service('media:2', false))).toBe(false);
  expect(isUpAt(65, service('media:2', true))).toBe(false);
  expect(isUpAt(125, service('media:3', true))).toBe(false);
  expect(isUpAt(185, service('media:3', true))).toBe(true);
});

test('an ECS that does not answer says nothing, and does not begin it anew', () => {
  isUpAt(0, service('media:2', true));
  expect(isUpAt(30, undefined)).toBeUndefined();
  expect(isUpAt(60, service('media:2', true))).toBe(true);
});

test('whatever was seen, tasks that are said to be up were seen up, and nothing else, for the whole while', () => {
  const look = fc.record({
    after: fc.integer({ min: 1, max: 40 }),
    seen: fc.option(fc.record({ definition: fc.constantFrom('a', 'b'), isUp: fc.boolean() }), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(look, { maxLength: 30 }), (looks) => {
      settled = new Settled(SECONDS, () => time);
      let [at, since, last] = [0, Infinity, ''];
      for (const { after, seen } of looks) {
        at += after;
        const isUp = isUpAt(at, seen && service(seen.definition, seen.isUp));
        if (!seen) continue;
        if (!seen.isUp) since = Infinity;
        else if (seen.definition !== last || since === Infinity) since = at;
        last = seen.isUp ? seen.definition : '';
        expect(isUp).toBe(at - since >= SECONDS);
      }
    }),
  );
});
