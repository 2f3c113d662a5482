import { type NodeStatus, type Roster, type Sight, decide } from '../../../media/roster/nodes/decide';
import { type Resolve, listedNodes } from '../../../media/roster/nodes/directory';
import { listText, readList } from '../../../media/roster/nodes/list';

const [A, B, C] = ['sip:10.0.1.1:5060', 'sip:10.0.1.2:5060', 'sip:10.0.1.3:5060'] as const;
const NONE: Roster = { open: [], closed: [] };
const free: NodeStatus = { calls: 0, capacity: 40, draining: false };

const sight = (statuses: Readonly<Record<string, NodeStatus>>, rest: Partial<Sight> = {}): Sight => ({
  listed: Object.keys(statuses),
  desired: undefined,
  statuses: new Map(Object.entries(statuses)),
  ...rest,
});

describe('who gets new calls', () => {
  test.each([
    ['a node with room', free, { open: [A], closed: [] }],
    ['a full node', { calls: 40, capacity: 0, draining: false }, { open: [], closed: [A] }],
    ['a node that drains', { calls: 1, capacity: 0, draining: true }, { open: [], closed: [A] }],
    [
      'a node that drains and still says it has room',
      { calls: 1, capacity: 9, draining: true },
      { open: [], closed: [A] },
    ],
  ])('%s', (_, status, expected) => {
    expect(decide(sight({ [A]: status }), NONE)).toEqual(expected);
  });

  test('a new node waits until it says that it is ready', () => {
    expect(decide(sight({}, { listed: [A] }), NONE)).toEqual({ open: [], closed: [A] });
  });

  test('a node that stops answering keeps its place: whether it is alive the proxy asks itself', () => {
    expect(decide(sight({}, { listed: [A, B] }), { open: [A], closed: [B] })).toEqual({ open: [A], closed: [B] });
  });

  test('an AWS that does not answer changes nothing, and what nodes say still counts', () => {
    const unseen = { listed: undefined, desired: undefined };
    expect(decide(sight({}, unseen), { open: [A, B], closed: [C] })).toEqual({ open: [A, B], closed: [C] });
    const full = { calls: 40, capacity: 0, draining: false };
    expect(decide(sight({ [A]: full, [B]: free }, unseen), { open: [A, B], closed: [] })).toEqual({
      open: [B],
      closed: [A],
    });
  });

  test('a node that left the directory is known until its last call ends', () => {
    const last = { open: [A, B], closed: [] };
    const busy = { calls: 1, capacity: 3, draining: false };
    expect(decide(sight({ [A]: busy, [B]: free }, { listed: [B] }), last)).toEqual({ open: [B], closed: [A] });
    expect(decide(sight({ [A]: free, [B]: free }, { listed: [B] }), last)).toEqual({ open: [B], closed: [] });
  });

  test('of more nodes than the cell wants, the emptiest get none; addresses break the tie', () => {
    const calls = (n: number) => ({ ...free, calls: n });
    const statuses = { [A]: calls(5), [B]: calls(1), [C]: calls(3) };
    expect(decide(sight(statuses, { desired: 2 }), NONE)).toEqual({ open: [A, C], closed: [B] });
    expect(decide(sight({ [A]: free, [B]: free, [C]: free }, { desired: 2 }), NONE)).toEqual({
      open: [B, C],
      closed: [A],
    });
  });

  test('a node that drains already counts towards the surplus, and one is always left', () => {
    const statuses = { [A]: { ...free, draining: true }, [B]: free };
    expect(decide(sight(statuses, { desired: 1 }), NONE)).toEqual({ open: [B], closed: [A] });
    expect(decide(sight({ [A]: free, [B]: free }, { desired: 0 }), NONE).open).toEqual([B]);
  });
});

test('the list is read back as it was written', () => {
  const roster = { open: [A, B], closed: [C] };
  expect(listText(roster)).toBe(`1 ${A}\n1 ${B}\n2 ${C}\n`);
  expect(readList(listText(roster))).toEqual(roster);
  expect(readList('')).toEqual(NONE);
});

describe("the cell's directory", () => {
  const failing = (code: string): Resolve => ({
    resolveSrv: () => Promise.reject(Object.assign(new Error(code), { code })),
    resolve4: () => Promise.resolve([]),
  });

  test('gives addresses and ports of its SRV records', async () => {
    const resolver = {
      resolveSrv: () => Promise.resolve([{ name: 'a.media.cell', port: 5060 }]),
      resolve4: () => Promise.resolve(['10.0.1.1']),
    };
    expect(await listedNodes('media.cell', resolver)).toEqual([A]);
  });

  test.each(['ENOTFOUND', 'ENODATA'])('%s is an answer: there are none', async (code) => {
    expect(await listedNodes('media.cell', failing(code))).toEqual([]);
  });

  test.each(['ETIMEOUT', 'ESERVFAIL', 'ECONNREFUSED', 'EREFUSED'])('%s is none', async (code) => {
    expect(await listedNodes('media.cell', failing(code))).toBeUndefined();
  });
});
