import { chance, oneOf, optional, scaled, some, type Draw } from './draw';
import { requirementsFor } from '../../../compliance/requirements';
import { DATA_CLASSES, FRAMEWORKS, type DataClass, type DeploymentConfig } from '../../../regions/config/schema';

type Retention = NonNullable<DeploymentConfig['retention']>;
type Purpose = DeploymentConfig['purpose'];
export type Kept = Pick<DeploymentConfig, 'frameworks' | 'retention' | 'acceptIrreversible'>;

const LOCKABLE: ReadonlySet<DataClass> = new Set(['recording', 'voicemail', 'transcript']);

/** Classes kept by CloudWatch, which ends a log after ten years or never. */
const LOGGED: ReadonlySet<DataClass> = new Set(['prompt', 'log']);
const LONGEST_LOG_DAYS = 3653;

/** FINRA locks in COMPLIANCE mode, which a sandbox may not. */
export const frameworks = (g: Draw, purpose: Purpose): DeploymentConfig['frameworks'] =>
  some(g, purpose === 'sandbox' ? FRAMEWORKS.filter((name) => name !== 'finra') : FRAMEWORKS);

/** What the frameworks ask for, and at times more of it; locks that nobody can undo are accepted by name. */
export function kept(g: Draw, purpose: Purpose, chosen: DeploymentConfig['frameworks']): Kept {
  const retention = chance(g) ? overrides(g, purpose, chosen) : undefined;
  const required = requirementsFor(chosen);
  const irreversible = DATA_CLASSES.some((dataClass) =>
    [retention?.[dataClass]?.lockMode, required[dataClass].lockMode].includes('COMPLIANCE'),
  );
  return {
    frameworks: chosen,
    ...(retention ? { retention } : {}),
    ...accepted(g, purpose, irreversible),
  };
}

const accepted = (g: Draw, purpose: Purpose, irreversible: boolean): Pick<Kept, 'acceptIrreversible'> =>
  irreversible
    ? { acceptIrreversible: true }
    : optional(g, 'acceptIrreversible', () => purpose === 'production' && chance(g));

function overrides(g: Draw, purpose: Purpose, chosen: DeploymentConfig['frameworks']): Retention {
  const required = requirementsFor(chosen);
  const entries = some(g, DATA_CLASSES).map((dataClass) => {
    const { floorDays, lockMode: floor } = required[dataClass];
    const [least, most] = [Math.max(1, floorDays), LOGGED.has(dataClass) ? LONGEST_LOG_DAYS : 36_500];
    const modes = [
      ...(floor === 'COMPLIANCE' ? [] : ['GOVERNANCE' as const]),
      ...(purpose === 'production' ? ['COMPLIANCE' as const] : []),
    ];
    return [
      dataClass,
      {
        ...optional(g, 'days', () => oneOf(g, [least, most, scaled(g, least, most)])),
        ...(LOCKABLE.has(dataClass) ? optional(g, 'lockMode', () => oneOf(g, modes)) : {}),
      },
    ] as const;
  });
  return Object.fromEntries(entries);
}
