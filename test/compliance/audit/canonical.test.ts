import { canonical } from '../../../compliance/audit/canonical';
import { kitPosture } from '../../support/postures';

/** What it stands for, written without regard to time. */
const plainly = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );

test.each([
  ['keys out of order', { b: 1, a: { d: 2, c: 3 } }],
  ['keys that are numbers', { '10': 1, '9': 2, '-1': 3, a: 4, '0x': 5 }],
  ['what JSON leaves out', { a: undefined, b: [undefined, null], c: undefined }],
  ['dates, which write themselves', { at: new Date(0), list: [new Date(1)] }],
  ['texts to be escaped', { 'a"b': 'c\n\u{FFFD}"', '': '' }],
  ['nothing in them', { a: {}, b: [] }],
  ['a key of the language', JSON.parse('{"__proto__":{"b":1,"a":2}}') as unknown],
])('%s are written as plain JSON writes them', (_, value) => {
  expect(canonical(value)).toBe(plainly(value));
});

test('a whole posture is written as plain JSON writes it', () => {
  const posture = kitPosture('sandbox');
  expect(canonical(posture) === plainly(posture)).toBe(true);
});

test('a list that is shared is the same text wherever it stands', () => {
  const list = [{ b: 1, a: 2 }];
  expect(canonical({ x: list, y: list })).toBe('{"x":[{"a":2,"b":1}],"y":[{"a":2,"b":1}]}');
});
