import { DATA_CLASSES, type DataClass, type DeploymentConfig, type Framework } from '../regions/config/schema';
import { FINRA } from './frameworks/finra';
import { FINRA_TAPING } from './frameworks/finra-taping';
import type { FrameworkTable, Requirement } from './frameworks/framework';
import { HIPAA } from './frameworks/hipaa';
import { PCI } from './frameworks/pci';
import { SOC2 } from './frameworks/soc2';
import { join, NOTHING, protectionFields, type MergedRequirement } from './merge';

export type { MergedRequirement } from './merge';

export type Requirements = Readonly<Record<DataClass, MergedRequirement>>;

const TABLES: Readonly<Record<Framework, FrameworkTable>> = {
  hipaa: HIPAA,
  finra: FINRA,
  'finra-taping': FINRA_TAPING,
  soc2: SOC2,
  pci: PCI,
};

/** What the chosen frameworks ask for. Those not chosen contribute nothing; with none chosen every floor is 0. */
export function requirementsFor(frameworks: readonly Framework[]): Requirements {
  return ofEachClass((dataClass) =>
    frameworks
      .flatMap((framework) => TABLES[framework].map((row) => ({ framework, row })))
      .filter(({ row }) => row.dataClass === dataClass)
      .map(({ framework, row }) => asMerged(`${framework} (${row.citation})`, row))
      .reduce(join, NOTHING),
  );
}

/** The frameworks, and the ceilings that contracts and policies of the deployment set. */
export function requirementsOf({
  frameworks,
  retention = {},
}: Pick<DeploymentConfig, 'frameworks' | 'retention'>): Requirements {
  const required = requirementsFor(frameworks);
  return ofEachClass((dataClass) => {
    const ceiling = retention[dataClass]?.ceiling;
    return ceiling ? join(required[dataClass], ceilingOf(ceiling)) : required[dataClass];
  });
}

/** Regions that every side allows, in the order of the first. Empty when the sides contradict each other. */
export const intersection = (first: readonly string[], ...others: readonly (readonly string[])[]): readonly string[] =>
  first.filter((region) => others.every((other) => other.includes(region)));

/** Who sets the floor, for people. */
export const becauseOf = ({ sides }: MergedRequirement): string => sides.floor.join(', ') || 'no framework';

const ofEachClass = (requirement: (dataClass: DataClass) => MergedRequirement): Requirements =>
  Object.fromEntries(DATA_CLASSES.map((dataClass) => [dataClass, requirement(dataClass)])) as Requirements;

type Ceiling = NonNullable<NonNullable<NonNullable<DeploymentConfig['retention']>[DataClass]>['ceiling']>;

const ceilingOf = ({ days, because, settledBy }: Ceiling): MergedRequirement => ({
  ...NOTHING,
  ceilingDays: days,
  ...(settledBy ? { settledBy } : {}),
  sides: { ...NOTHING.sides, ceiling: [because] },
});

function asMerged(side: string, row: Requirement): MergedRequirement {
  const { floorDays, ceilingDays, accessibleDays = 0, protection, clock = 'creation', excludes } = row;
  return {
    floorDays,
    ...(ceilingDays === undefined ? {} : { ceilingDays }),
    accessibleDays,
    ...protectionFields(protection),
    clock,
    excludes: excludes ? [excludes] : [],
    sides: {
      floor: floorDays > 0 ? [side] : [],
      ceiling: ceilingDays === undefined ? [] : [side],
      protection: protection ? [side] : [],
      excludes: excludes ? [side] : [],
    },
  };
}
