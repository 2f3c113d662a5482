import { assert, constantFrom, integer, option, property, record, subarray } from 'fast-check';
import { daysOf } from '../../compliance/frameworks/calendar';
import { SOURCES } from '../../compliance/frameworks/sources';
import { FINRA } from '../../compliance/frameworks/finra';
import { FINRA_TAPING } from '../../compliance/frameworks/finra-taping';
import { HIPAA } from '../../compliance/frameworks/hipaa';
import { PCI } from '../../compliance/frameworks/pci';
import { SOC2 } from '../../compliance/frameworks/soc2';
import { join, NOTHING, protectionFields, type MergedRequirement } from '../../compliance/merge';
import { intersection, requirementsFor, requirementsOf } from '../../compliance/requirements';
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

describe('the tables', () => {
  const rows = [HIPAA, FINRA, FINRA_TAPING, SOC2, PCI].flat();

  test('rest on sources that are listed, each with how well it is established', () => {
    expect(rows.flatMap(({ sources }) => sources).filter((key) => !Object.hasOwn(SOURCES, key))).toEqual([]);
    for (const row of rows) expect(row.sources.length).toBeGreaterThan(0);
  });

  test('never keep something easily accessible for longer than they keep it', () => {
    for (const { accessibleDays = 0, floorDays } of rows) expect(accessibleDays).toBeLessThanOrEqual(floorDays);
  });

  test('six years are 2192 days, not 6 times 365', () => {
    expect(requirementsFor(['hipaa']).recording.floorDays).toBe(2192);
  });

  test('FINRA records are WORM and easily accessible for two years', () => {
    expect(requirementsFor(['finra']).recording).toMatchObject({ lockMode: 'COMPLIANCE', accessibleDays: 731 });
  });

  test('a firm under the Taping Rule locks its recordings, and not what is made of them', () => {
    expect(requirementsFor(['finra-taping'])).toMatchObject({
      recording: { floorDays: 1096, lockMode: 'COMPLIANCE', accessibleDays: 731 },
      transcript: { floorDays: 0 },
    });
  });

  test('card data is excluded from whatever a caller says, and asks for no period', () => {
    const { recording, cdr } = requirementsFor(['pci']);
    expect(recording).toMatchObject({ excludes: ['card-data'], floorDays: 0, sides: { floor: [] } });
    expect(cdr.excludes).toEqual([]);
  });

  test('with no framework nothing is asked', () => {
    for (const dataClass of DATA_CLASSES) expect(requirementsFor([])[dataClass]).toEqual(NOTHING);
  });
});

describe('a contract', () => {
  test('sets a ceiling with its name', () => {
    const retention = { prompt: { ceiling: { days: 90, because: 'the contract with Acme' } } };
    expect(requirementsOf({ frameworks: ['soc2'], retention }).prompt).toMatchObject({
      floorDays: 90,
      ceilingDays: 90,
      sides: { ceiling: ['the contract with Acme'] },
    });
  });

  test('that somebody has settled says who, and one that sets the same end does not settle for others', () => {
    const settledBy = { legalBasis: 'GDPR Article 17(3)(b)', approver: 'counsel', expires: '2027-06-30' };
    const ceiling = { days: 30, because: 'the contract with Acme', settledBy };
    const { prompt } = requirementsOf({ frameworks: ['soc2'], retention: { prompt: { ceiling } } });
    expect(prompt).toMatchObject({ ceilingDays: 30, settledBy });
    expect(join(prompt, { ...NOTHING, ceilingDays: 30 }).settledBy).toBeUndefined();
    expect(join(prompt, { ...NOTHING, ceilingDays: 29 }).settledBy).toBeUndefined();
    expect(join(prompt, { ...NOTHING, ceilingDays: 31 }).settledBy).toEqual(settledBy);
  });

  test('narrows the regions, and can leave none', () => {
    expect(intersection(['a', 'b', 'c'], ['c', 'b'], ['b', 'd'])).toEqual(['b']);
    expect(intersection(['a'], ['b'])).toEqual([]);
  });
});

describe('the merge', () => {
  const names = (side: string) => subarray([`${side}-1`, `${side}-2`, `${side}-3`]);

  const settlements = record({
    legalBasis: constantFrom('a', 'b'),
    approver: constantFrom('counsel', 'officer'),
    expires: constantFrom('2027-01-31', '2027-06-30'),
  });

  const requirements = record({
    floorDays: integer({ min: 0, max: 5 }),
    ceilingDays: option(integer({ min: 0, max: 5 }), { nil: undefined }),
    settledBy: option(settlements, { nil: undefined }),
    accessibleDays: integer({ min: 0, max: 5 }),
    protection: constantFrom(undefined, 'integrity' as const, 'worm' as const),
    clock: constantFrom('creation' as const, 'event' as const),
    excludes: subarray(['card-data' as const]),
    sides: record({ floor: names('f'), ceiling: names('c'), protection: names('p'), excludes: names('e') }),
  }).map(({ ceilingDays, settledBy, protection, sides, ...rest }): MergedRequirement => ({
    ...rest,
    ...(ceilingDays === undefined ? {} : { ceilingDays, ...(settledBy ? { settledBy } : {}) }),
    ...protectionFields(protection),
    // Who sets no end is nobody's side.
    sides: { ...sides, ceiling: ceilingDays === undefined ? [] : sides.ceiling },
  }));

  test('does not depend on the order', () => {
    assert(property(requirements, requirements, (a, b) => expect(join(a, b)).toEqual(join(b, a))));
  });

  test('does not depend on who is merged first', () => {
    assert(
      property(requirements, requirements, requirements, (a, b, c) =>
        expect(join(join(a, b), c)).toEqual(join(a, join(b, c))),
      ),
    );
  });

  test('of something with itself, or with nothing, is that', () => {
    assert(
      property(requirements, (a) => {
        expect(join(a, a)).toEqual(a);
        expect(join(a, { ...NOTHING, floorDays: 0 })).toMatchObject({ floorDays: a.floorDays, clock: a.clock });
      }),
    );
  });

  const strength = (lockMode: LockMode | undefined): number =>
    [undefined, 'GOVERNANCE', 'COMPLIANCE'].indexOf(lockMode);

  test('is never weaker than any part', () => {
    assert(
      property(requirements, requirements, (a, b) => {
        const merged = join(a, b);
        for (const part of [a, b]) {
          expect(merged.floorDays).toBeGreaterThanOrEqual(part.floorDays);
          expect(merged.accessibleDays).toBeGreaterThanOrEqual(part.accessibleDays);
          expect(merged.ceilingDays ?? Infinity).toBeLessThanOrEqual(part.ceilingDays ?? Infinity);
          // Whoever sets the ceiling that holds and has not settled it is not overruled.
          expect(part.ceilingDays === merged.ceilingDays && !part.settledBy && merged.settledBy).toBeFalsy();
          expect(strength(merged.lockMode)).toBeGreaterThanOrEqual(strength(part.lockMode));
          expect(merged.clock === 'event' || part.clock === 'creation').toBe(true);
          expect(merged.excludes).toEqual(expect.arrayContaining([...part.excludes]));
        }
      }),
    );
  });

  test('of frameworks does not depend on how they are written down', () => {
    assert(
      property(subarray([...FRAMEWORKS]), (chosen) =>
        expect(requirementsFor([...chosen.toReversed(), ...chosen])).toEqual(requirementsFor(chosen)),
      ),
    );
  });
});
