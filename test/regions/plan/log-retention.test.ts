import { logRetentionDays } from '../../../regions/plan/log-retention';

test.each([
  [1, 1],
  [2, 3],
  [90, 90],
  [366, 400],
  [2192, 2192],
  [2193, 2557],
  [3653, 3653],
])('%i days are kept for %i, the next retention CloudWatch accepts', (days, kept) => {
  expect(logRetentionDays(days)).toBe(kept);
});

test('longer than any retention CloudWatch accepts is kept for ever', () => {
  expect(logRetentionDays(3654)).toBeUndefined();
});
