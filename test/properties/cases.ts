import path from 'node:path';
import { assert, gen, property, type GeneratorValue } from 'fast-check';

const { CI, FC_SEED, FC_PATH } = process.env;

/** In CI nobody waits. */
export const THOROUGH = CI === 'true';

/**
 * A case is a whole deployment, read and planned. In CI the main properties are asked of 2,000 each, variations of them of
 * a quarter, and every kind of mistake of its share; of all that fewer while somebody waits.
 */
export const CASES = THOROUGH ? 2000 : 80;

/** A case here is a whole app, synthesised and checked in some two seconds. */
export const SYNTHESES = THOROUGH ? 20 : 1;

const SEED = FC_SEED === undefined ? Date.now() % 2 ** 31 : Number(FC_SEED);

beforeAll(() => {
  const { testPath = '' } = expect.getState();
  process.stderr.write(`${path.basename(testPath)}: FC_SEED=${SEED}\n`);
});

/** A value drawn from what `fast-check` offers; the same seed draws the same values. */
export const drawn = <T>(draw: (g: GeneratorValue) => T) => gen().map(draw);

/**
 * Asks a property of many cases. The seed is told whether it holds or not; a failure adds the path of its case, and
 * `FC_SEED=<seed> FC_PATH=<path> npx jest <file> -t <test>` runs that case alone. It is not shrunk: a smaller deployment
 * would have to be drawn anew, and the first is told whole.
 * @throws Error with seed, path and counterexample when the property does not hold
 */
export function holds<T>(cases: number, draw: (g: GeneratorValue) => T, predicate: (value: T) => void): void {
  const replay = FC_PATH === undefined ? {} : { path: FC_PATH };
  assert(property(drawn(draw), predicate), { numRuns: cases, seed: SEED, endOnFailure: true, ...replay });
}
