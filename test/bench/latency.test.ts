import { computeMs, PROFILES, type Profile, type Transport } from '../../bench/latency/profiles';
import { headline, type Row, rowOf } from '../../bench/latency/summary';
import type { TurnTimes } from '../../lab/turns';

const [nvidia] = PROFILES as [Profile];
const COMPUTE = 62 + 3 * 10 + 66;

const turn = (roundTrip: number): TurnTimes => ({
  wait: 240,
  stt: 0,
  firstToken: 62,
  clause: 30,
  firstByte: 66,
  out: roundTrip - 158,
  queued: 10,
  roundTrip,
  heardGap: roundTrip + 300,
});

const row = (oneWayMs: number, transport: Transport, median: number, firstSpoken: Row['firstSpoken'] = 'clause'): Row =>
  rowOf(
    { profile: nvidia.name, assumed: false, oneWayMs, route: '', transport, firstSpoken },
    nvidia,
    [median - 10, median, median + 10].map(turn),
  );

describe('what the latency bench says of its turns', () => {
  test('what models compute is the first token, the words until something is spoken, and the first audio', () => {
    expect(computeMs(nvidia, 'clause')).toBe(COMPUTE);
    expect(computeMs(nvidia, 'sentence')).toBe(COMPUTE + 4 * 10);
  });

  test('a row has both latencies, and of the round trip all that is not compute', () => {
    const times = Array.from({ length: 100 }, (_, at) => turn(170 + at));
    const key = {
      profile: '',
      assumed: false,
      oneWayMs: 0.3,
      route: '',
      transport: 'streaming',
      firstSpoken: 'clause',
    } as const;
    expect(rowOf(key, nvidia, times)).toMatchObject({
      turns: 100,
      roundTripMedianMs: 219,
      roundTripP95Ms: 264,
      heardGapP95Ms: 564,
      infraP95Ms: 264 - COMPUTE,
    });
  });

  test('a ratio compares the same transport, and the cell is judged by the one that a cell uses', () => {
    const rows = [
      row(0.3, 'streaming', 180),
      row(0.3, 'streaming', 220, 'sentence'),
      row(80, 'streaming', 540),
      row(0.3, 'new-connections', 200),
      row(80, 'new-connections', 1200),
    ];
    expect(headline(rows, nvidia.name)).toEqual({
      colocatedRoundTripP95Ms: 190,
      colocatedFirstSentenceP95Ms: 230,
      infraShareP95Ms: 190 - COMPUTE,
      stitchedOverColocated: 6,
      stitchedOverColocatedStreaming: 3,
    });
  });

  test('a row that was not measured is told, not left out', () => {
    const rows = [row(0.3, 'streaming', 180), row(0.3, 'streaming', 220, 'sentence'), row(80, 'streaming', 540)];
    expect(() => headline(rows, nvidia.name)).toThrow(/no row of nvidia.*, 80 ms, new-connections/);
  });
});
