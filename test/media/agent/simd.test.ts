import { type Layer, Rows } from '../../../media/agent/vad/layers';
import { Arena } from '../../../media/agent/vad/simd';

const some = (length: number, by: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => Math.sin(at * by) * 3);

function plain({ weights, bias, width }: Layer, input: Float32Array, start: number): number[] {
  return Array.from(bias, (value, row) =>
    weights
      .subarray(row * width, (row + 1) * width)
      .reduce((sum, weight, at) => sum + weight * (input[start + at] ?? Number.NaN), value),
  );
}

test.each([
  [4, 4, 0],
  [128, 387, 129],
  [64, 193, 3],
  [512, 128, 0],
  [8, 1, 2],
])('%d rows of %d weights from place %d on give what plain arithmetic gives', (rows, width, start) => {
  const layer = { weights: some(rows * width, 1.7), bias: some(rows, 0.3), width };
  const arena = new Arena(200_000);
  const input = arena.floats(start + width + 4);
  input.set(some(input.length, 0.9));
  const given = new Rows(arena, layer).multiply(input, start);
  const expected = plain(layer, input, start);
  expect(given).toHaveLength(rows);
  for (const [row, value] of given.entries()) expect(value).toBeCloseTo(expected[row] ?? Number.NaN, 3);
});

test('layers that share an arena leave each other alone', () => {
  const arena = new Arena(1_000);
  const layers = [1, 2].map((by) => ({ weights: some(32, by), bias: some(4, by), width: 8 }));
  const [one, other] = layers.map((layer) => new Rows(arena, layer)) as [Rows, Rows];
  const input = arena.floats(8);
  input.set(some(8, 0.5));
  const before = [...one.multiply(input)];
  other.multiply(input);
  expect([...one.out]).toEqual(before);
  expect([...one.multiply(input)]).toEqual(before);
});

test('an arena that is full says so', () => {
  expect(() => new Arena(16_384).floats(16_385)).toThrow(RangeError);
});
