import * as fc from 'fast-check';
import {
  failed,
  fresh,
  leastBusy,
  merged,
  type Replica,
  sticky,
  succeeded,
  used,
} from '../../../media/agent/pool/replicas';

const NONE: ReadonlySet<string> = new Set();
const addresses = fc.uniqueArray(fc.ipV4(), { minLength: 2, maxLength: 8 });

const named = (...names: string[]): Replica[] => names.map(fresh);

test('the least busy replica is asked', () => {
  const [a, b, c] = named('a', 'b', 'c') as [Replica, Replica, Replica];
  expect(leastBusy([used(a, 1), b, used(c, 1)], 0, 7, NONE)?.address).toBe('b');
});

test('equally busy ones take turns', () => {
  const asked = Array.from({ length: 6 }, (_, seed) => leastBusy(named('a', 'b', 'c'), 0, seed, NONE)?.address);
  expect(new Set(asked).size).toBe(3);
});

test('a call keeps its replica, and a replica that goes moves only its own calls', () => {
  fc.assert(
    fc.property(addresses, fc.array(fc.uuid(), { maxLength: 30 }), (all, calls) => {
      const gone = all[0] ?? '';
      for (const call of calls) {
        const before = sticky(all.map(fresh), 0, call, NONE)?.address;
        const after = sticky(all.slice(1).map(fresh), 0, call, NONE)?.address;
        expect(before === gone || before === after).toBe(true);
      }
    }),
  );
});

test('calls spread over replicas', () => {
  const count = new Map<string, number>();
  for (let call = 0; call < 400; call += 1) {
    const one = sticky(named('10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'), 0, `call-${call}`, NONE)?.address ?? '';
    count.set(one, (count.get(one) ?? 0) + 1);
  }
  expect(count.size).toBe(4);
  for (const calls of count.values()) expect(calls).toBeGreaterThan(60);
});

test('two failures in a row eject, longer each time, and a success forgives', () => {
  const once = failed(fresh('a'), 1_000);
  const twice = failed(once, 1_000);
  expect([once.ejectedUntil, twice.ejectedUntil, failed(twice, 1_000).ejectedUntil]).toEqual([0, 6_000, 11_000]);
  expect(succeeded(twice)).toEqual(fresh('a'));
  expect(leastBusy([twice, used(fresh('b'), 1)], 2_000, 0, NONE)?.address).toBe('b');
  expect(leastBusy([twice, used(fresh('b'), 1)], 7_000, 0, NONE)?.address).toBe('a');
});

test('a retry goes to another replica, and with all ejected somebody is asked still', () => {
  fc.assert(
    fc.property(addresses, fc.nat(), (all, seed) => {
      const down = all.map((one) => failed(failed(fresh(one), 0), 0));
      const first = leastBusy(down, 1, seed, NONE)?.address ?? '';
      expect(leastBusy(down, 1, seed, new Set([first]))?.address).not.toBe(first);
    }),
  );
});

test('names that fail to resolve change nothing; a replica that stays keeps its record', () => {
  const known = [used(fresh('a'), 1), fresh('b')];
  expect(merged(known, [])).toBe(known);
  expect(merged(known, ['c', 'a'])).toEqual([used(fresh('a'), 1), fresh('c')]);
});
