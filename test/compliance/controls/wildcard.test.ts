import { fits } from '../../../compliance/controls/wildcard';

test.each([
  ['s3:*', 's3:PutObject', true],
  ['s3:Put*Object', 's3:PutObject', true],
  ['s3:?utObject', 's3:PutObject', true],
  ['s3:Put', 's3:PutObject', false],
  ['*Object', 's3:PutObject', true],
  ['*ab', 'aab', true],
  ['*', '', true],
  ['', 'a', false],
  ['a.c', 'abc', false],
])('%s and %s: %s', (pattern, text, expected) => {
  expect(fits(pattern, text)).toBe(expected);
});

test('a question mark stands for itself where nothing stands for one character', () => {
  expect(fits('a?c', 'abc', '')).toBe(false);
  expect(fits('a?c', 'a?c', '')).toBe(true);
});

test('a pattern of many wildcards takes no time', () => {
  const started = performance.now();
  expect(fits(`${'*a'.repeat(200)}b`, 'a'.repeat(2000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(1000);
});
