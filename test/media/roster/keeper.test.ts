import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Keeper } from '../../../media/roster/keeper';
import { look } from '../../../media/roster/roster';

const A = 'sip:10.0.1.1:5060';
const B = 'sip:10.0.1.2:5060';
const OPEN = { calls: 0, capacity: 9, draining: false };

let directory: string;
let file: string;
let now: number;
let reloads: number[];
let takes: boolean;

const keeper = () =>
  new Keeper({
    file,
    now: () => now,
    reload: () => {
      reloads.push(now);
      return Promise.resolve(takes);
    },
  });

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'roster-'));
  file = path.join(directory, 'dispatcher.list');
  [now, reloads, takes] = [0, [], true];
});

afterEach(() => rmSync(directory, { recursive: true }));

test('the same roster is written and loaded once', async () => {
  const one = keeper();
  for (now = 0; now < 60_000; now += 2_000) await one.keep({ open: [A], closed: [] });
  expect(reloads).toEqual([0]);
});

test('changes are loaded at least six seconds apart, the newest at last', async () => {
  const one = keeper();
  for (now = 0; now <= 20_000; now += 2_000)
    await one.keep(now % 4_000 === 0 ? { open: [A], closed: [] } : { open: [B], closed: [] });
  const gaps = reloads.slice(1).map((at, index) => at - (reloads[index] ?? 0));
  expect(gaps.filter((gap) => gap < 6_000)).toEqual([]);
  for (; now < 40_000; now += 2_000) await one.keep({ open: [B], closed: [A] });
  expect(readFileSync(file, 'utf8')).toBe(`1 ${B}\n2 ${A}\n`);
});

test('a reload that is refused is asked for again, not before six seconds', async () => {
  const one = keeper();
  takes = false;
  for (now = 0; now <= 12_000; now += 2_000) await one.keep({ open: [A], closed: [] });
  takes = true;
  for (; now <= 30_000; now += 2_000) await one.keep({ open: [A], closed: [] });
  expect(reloads).toEqual([0, 6_000, 12_000, 18_000]);
});

test('after a restart the list of before is known, and Kamailio is told once', async () => {
  await keeper().keep({ open: [A], closed: [B] });
  const again = keeper();
  expect(again.last).toEqual({ open: [A], closed: [B] });
  reloads = [];
  await again.keep(again.last);
  expect(reloads).toEqual([now]);
});

test('nobody answering keeps the last list', async () => {
  const one = keeper();
  await one.keep({ open: [A], closed: [] });
  now = 10_000;
  await look({
    keeper: one,
    listed: () => Promise.resolve(undefined),
    desired: () => Promise.resolve(undefined),
    statuses: () => Promise.resolve(new Map()),
  });
  expect(one.last).toEqual({ open: [A], closed: [] });
  expect(reloads).toEqual([0]);
});

test('nodes that left the directory are asked too, for their calls go on', async () => {
  const one = keeper();
  await one.keep({ open: [A], closed: [] });
  let asked: readonly string[] = [];
  await look({
    keeper: one,
    listed: () => Promise.resolve([B]),
    desired: () => Promise.resolve(1),
    statuses: (nodes) => {
      asked = nodes;
      return Promise.resolve(
        new Map([
          [A, { ...OPEN, calls: 1 }],
          [B, OPEN],
        ]),
      );
    },
  });
  expect(asked).toEqual([B, A]);
  expect(one.last).toEqual({ open: [B], closed: [A] });
});
