import * as fc from 'fast-check';
import { level } from '../../../media/agent/audio/pcm';
import { Resampler, resample } from '../../../media/agent/audio/resample';
import { tone } from './support/speech';

const RATES = fc.constantFrom(8000, 16_000, 22_050, 24_000, 48_000);
const samples = fc
  .array(fc.integer({ min: -32_768, max: 32_767 }), { minLength: 1, maxLength: 600 })
  .map((all) => Int16Array.from(all));

/** Without the ends, where the filter sees silence. */
const middle = (all: Int16Array): Int16Array => all.slice(all.length >> 2, -(all.length >> 2));

test('the length follows the rates', () => {
  fc.assert(
    fc.property(samples, RATES, RATES, (input, from, to) => {
      const expected = (input.length * to) / from;
      expect(Math.abs(resample(input, from, to).length - expected)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 60 },
  );
});

test('a stream in pieces becomes what it becomes at once', () => {
  fc.assert(
    fc.property(samples, RATES, RATES, fc.integer({ min: 1, max: 97 }), (input, from, to, piece) => {
      const one = new Resampler(from, to);
      const parts: number[] = [];
      for (let at = 0; at < input.length; at += piece) parts.push(...one.push(input.slice(at, at + piece)));
      parts.push(...one.end());
      expect(parts).toEqual([...resample(input, from, to)]);
    }),
    { numRuns: 40 },
  );
});

test('a tone below the cut keeps its energy', () => {
  fc.assert(
    fc.property(RATES, RATES, fc.integer({ min: 100, max: 2_800 }), (from, to, hz) => {
      const before = level(middle(tone(200, hz, 8_000, from)));
      const after = level(middle(resample(tone(200, hz, 8_000, from), from, to)));
      expect(after / before).toBeGreaterThan(0.97);
      expect(after / before).toBeLessThan(1.03);
    }),
    { numRuns: 40 },
  );
});

test.each([
  [24_000, 16_000, 10_500],
  [16_000, 8000, 5_500],
  [48_000, 16_000, 12_000],
])('from %d to %d Hz a tone of %d Hz is filtered away, not folded back', (from, to, hz) => {
  const folded = level(middle(resample(tone(200, hz, 8_000, from), from, to)));
  expect(20 * Math.log10(folded / level(tone(200, hz, 8_000, from)))).toBeLessThan(-50);
});

test('nothing is late: a click stays where it was', () => {
  const click = new Int16Array(800);
  click[400] = 20_000;
  const up = resample(click, 8000, 16_000);
  expect(up.indexOf(Math.max(...up))).toBe(800);
});
