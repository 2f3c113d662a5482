import type { Finding } from './finding';
import { DATA_CLASSES, type DataClass, type DeploymentConfig, type Settlement } from './schema';

/** Something a deployment rests on until a day, and what to say when the day is over. */
export interface Until {
  /** ISO date, that day included. */
  readonly expires: string;
  readonly finding: Finding;
}

/** What lets floors win over ceilings, by the end of each. No date is asked here: whoever has one asks `hasEnded`. */
export const settlementsOf = ({ retention = {} }: DeploymentConfig): readonly Until[] =>
  DATA_CLASSES.flatMap((dataClass) => {
    const settledBy = retention[dataClass]?.ceiling?.settledBy;
    return settledBy ? [{ expires: settledBy.expires, finding: findingOf(dataClass, settledBy) }] : [];
  });

const findingOf = (dataClass: DataClass, { approver }: Settlement): Finding => ({
  path: pathOf(dataClass),
  allowed: 'a last day that is not past',
  change: `it once ${approver} has decided anew, or remove what the ceiling contradicts`,
});

/** Where the end of a settlement is written. */
export const pathOf = (dataClass: DataClass) => ['retention', dataClass, 'ceiling', 'settledBy', 'expires'] as const;

/**
 * As for waivers: what ends on a day still holds on it.
 * @param today ISO date
 */
export const hasEnded = ({ expires }: { readonly expires: string }, today: string): boolean => expires < today;
