import { chance, oneOf, optional, scaled, some, type Draw } from './draw';
import { requirementsFor } from '../../../compliance/requirements';
import { DATA_CLASSES, FRAMEWORKS, type DataClass, type DeploymentConfig } from '../../../regions/config/schema';

type Retention = NonNullable<DeploymentConfig['retention']>;
type Purpose = DeploymentConfig['purpose'];
export type Kept = Pick<DeploymentConfig, 'frameworks' | 'retention' | 'acceptIrreversible' | 'cardData'>;

const LOCKABLE: ReadonlySet<DataClass> = new Set(['recording', 'voicemail', 'transcript']);

/** One bucket holds both, so that a ceiling of one binds the other. */
const SHARED: ReadonlySet<DataClass> = new Set(['recording', 'voicemail']);

/** Classes kept by CloudWatch, which ends a log after ten years or never. */
const LOGGED: ReadonlySet<DataClass> = new Set(['prompt', 'log']);
const LONGEST_LOG_DAYS = 3653;

/** FINRA's rules lock in COMPLIANCE mode, which a sandbox may not. */
export const frameworks = (g: Draw, purpose: Purpose): DeploymentConfig['frameworks'] =>
  some(g, purpose === 'sandbox' ? FRAMEWORKS.filter((name) => !name.startsWith('finra')) : FRAMEWORKS);

/** What the frameworks ask for, and at times more of it; locks that nobody can undo are accepted by name. */
export function kept(g: Draw, purpose: Purpose, chosen: DeploymentConfig['frameworks']): Kept {
  const retention = chance(g) ? overrides(g, purpose, chosen) : undefined;
  const required = requirementsFor(chosen);
  const irreversible = DATA_CLASSES.some((dataClass) =>
    [retention?.[dataClass]?.lockMode, required[dataClass].lockMode].includes('COMPLIANCE'),
  );
  return {
    frameworks: chosen,
    ...(chosen.includes('pci') || chance(g) ? { cardData: { pauseResume: true, dtmfMask: true } } : {}),
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
        ...(SHARED.has(dataClass) ? {} : optional(g, 'ceiling', () => ({ days: most, because: 'the contract' }))),
      },
    ] as const;
  });
  return Object.fromEntries(entries);
}
