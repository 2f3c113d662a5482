import { assert, constantFrom, property, subarray } from 'fast-check';
import { daysOf } from '../../compliance/frameworks/calendar';
import { requirementsFor } from '../../compliance/requirements';
import { DATA_CLASSES, FRAMEWORKS, type LockMode } from '../../regions/config/schema';

test.each([1, 2, 3, 5, 6, 7, 8, 10] as const)(
  '%i years in days cover that many calendar years from any start',
  (years) => {
    for (let day = 0; day < 1461; day += 1) {
      const start = new Date(Date.UTC(2023, 0, 1 + day));
      const end = new Date(start);
      end.setUTCFullYear(end.getUTCFullYear() + years);
      expect(daysOf(years)).toBeGreaterThanOrEqual((end.getTime() - start.getTime()) / 86_400_000);
    }
  },
);

test('six years are 2192 days, not 6 times 365', () => {
  expect(requirementsFor(['hipaa']).recording.floorDays).toBe(2192);
});

test('FINRA records are WORM and easily accessible for two years', () => {
  expect(requirementsFor(['finra']).recording).toMatchObject({ lockMode: 'COMPLIANCE', accessibleDays: 731 });
});

test('with no framework nothing is asked', () => {
  for (const dataClass of DATA_CLASSES) expect(requirementsFor([])[dataClass]).toMatchObject({ floorDays: 0 });
});

const strength = (lockMode: LockMode | undefined): number => [undefined, 'GOVERNANCE', 'COMPLIANCE'].indexOf(lockMode);

const frameworks = subarray([...FRAMEWORKS]);

test('frameworks together are never weaker than any of them, in any order', () => {
  assert(
    property(frameworks, constantFrom(...DATA_CLASSES), (chosen, dataClass) => {
      const merged = requirementsFor(chosen)[dataClass];
      expect(requirementsFor(chosen.toReversed())).toEqual(requirementsFor(chosen));
      for (const one of chosen) {
        const alone = requirementsFor([one])[dataClass];
        expect(merged.floorDays).toBeGreaterThanOrEqual(alone.floorDays);
        expect(merged.accessibleDays).toBeGreaterThanOrEqual(alone.accessibleDays);
        expect(strength(merged.lockMode)).toBeGreaterThanOrEqual(strength(alone.lockMode));
      }
    }),
  );
});
