import { DATA_CLASSES, type DataClass, type Framework, type LockMode } from '../regions/config/schema';
import { FINRA } from './frameworks/finra';
import type { FrameworkTable, Requirement } from './frameworks/framework';
import { HIPAA } from './frameworks/hipaa';
import { SOC2 } from './frameworks/soc2';

/** What all chosen frameworks together ask of one class of data: the strictest wins. Periods in days. */
export interface MergedRequirement {
  readonly floorDays: number;
  readonly accessibleDays: number;
  /** COMPLIANCE when any framework asks for WORM, GOVERNANCE when any asks for integrity, else absent. */
  readonly lockMode?: LockMode;
  /** Frameworks and citations that set the floor. */
  readonly because: string;
}

const TABLES: Readonly<Record<Framework, FrameworkTable>> = { hipaa: HIPAA, finra: FINRA, soc2: SOC2 };

/** Frameworks not chosen contribute nothing; with none chosen every floor is 0. */
export function requirementsFor(frameworks: readonly Framework[]): Readonly<Record<DataClass, MergedRequirement>> {
  const entries = DATA_CLASSES.map((dataClass) => [dataClass, merge(dataClass, frameworks)] as const);
  return Object.fromEntries(entries) as Record<DataClass, MergedRequirement>;
}

function merge(dataClass: DataClass, frameworks: readonly Framework[]): MergedRequirement {
  const asked = [...new Set(frameworks)]
    .toSorted()
    .flatMap((framework) => TABLES[framework].map((row) => ({ framework, ...row })))
    .filter((row) => row.dataClass === dataClass);
  const floorDays = Math.max(0, ...asked.map((row) => row.floorDays));
  const lockMode = lockModeOf(asked);
  return {
    floorDays,
    accessibleDays: Math.max(0, ...asked.map((row) => row.accessibleDays ?? 0)),
    ...(lockMode ? { lockMode } : {}),
    because:
      asked
        .filter((row) => row.floorDays === floorDays)
        .map((row) => `${row.framework} (${row.citation})`)
        .join(', ') || 'no framework',
  };
}

function lockModeOf(asked: readonly Requirement[]): LockMode | undefined {
  if (asked.some((row) => row.protection === 'worm')) return 'COMPLIANCE';
  return asked.some((row) => row.protection === 'integrity') ? 'GOVERNANCE' : undefined;
}
