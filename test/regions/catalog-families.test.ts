import * as fc from 'fast-check';
import { compactTypes, expandTokens, isTracked } from '../../regions/catalog/families';

const FAMILIES = ['g6', 'g6e', 'p5', 'p6-b200', 'c7i', 'c7i-flex'];
const SIZES = ['large', 'xlarge', '2xlarge', '48xlarge'];
const type = fc.tuple(fc.constantFrom(...FAMILIES), fc.constantFrom(...SIZES)).map((parts) => parts.join('.'));
const types = fc.uniqueArray(type, { maxLength: FAMILIES.length * SIZES.length });

describe('compact form of the types an AZ offers', () => {
  test('expands to the types it was made of, known or not', () => {
    fc.assert(
      fc.property(types, types, (offered, known) => {
        const tokens = compactTypes(new Set(offered), known);
        expect(expandTokens(tokens, known)).toEqual(new Set(offered));
      }),
    );
  });

  test('names a family once all its known sizes are offered', () => {
    const known = ['p5.4xlarge', 'p5.48xlarge', 'g6.xlarge'];
    expect(compactTypes(new Set(known), known)).toEqual(['g6', 'p5']);
    expect(compactTypes(new Set(['p5.4xlarge']), known)).toEqual(['p5.4xlarge']);
  });

  test('a family without known sizes stands for nothing', () => {
    expect(expandTokens(['g9'], ['g6.xlarge'])).toEqual(new Set());
  });
});

test.each([
  ['g4dn.metal', true],
  ['c8gn.metal-24xl', false],
  ['c8gn.xlarge', true],
  ['c7i-flex.large', false],
  ['t3.micro', false],
])('%s is tracked: %s', (name, tracked) => {
  expect(isTracked(name, { gpu: ['g4dn'], media: ['c8gn', 'c7i'] })).toBe(tracked);
});
