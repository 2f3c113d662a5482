import type { MergedRequirement } from '../../compliance/requirements';
import { DATA_CLASSES, type DataClass, type DeploymentConfig } from '../config/schema';
import type { RetentionPlan } from './types';

/** With no framework the kit still keeps, and locks for a day, what a call leaves behind, so that a rehearsal is real. */
const WITHOUT_FRAMEWORK = { recordDays: 1, otherDays: 14 } as const;

const LOCKED: ReadonlySet<DataClass> = new Set(['recording', 'voicemail', 'transcript']);

export type Retention = Readonly<Record<DataClass, RetentionPlan>>;

/** Days and lock of each class: the frameworks' merge, lengthened or strengthened by the config, never weakened. */
export function retentionFor(
  requirements: Readonly<Record<DataClass, MergedRequirement>>,
  overrides: DeploymentConfig['retention'] = {},
): Retention {
  const plans = DATA_CLASSES.map(
    (dataClass) => [dataClass, planOf(dataClass, requirements[dataClass], overrides[dataClass])] as const,
  );
  return sharedVault(Object.fromEntries(plans) as Retention);
}

type Override = NonNullable<DeploymentConfig['retention']>[DataClass];

function planOf(dataClass: DataClass, required: MergedRequirement, override: Override): RetentionPlan {
  const locked = LOCKED.has(dataClass);
  const unasked = locked ? WITHOUT_FRAMEWORK.recordDays : WITHOUT_FRAMEWORK.otherDays;
  const days = Math.max(required.floorDays || unasked, override?.days ?? 0);
  const lockMode = locked ? (override?.lockMode ?? required.lockMode ?? 'GOVERNANCE') : undefined;
  return {
    dataClass,
    days,
    accessibleDays: Math.min(days, required.accessibleDays),
    ...(lockMode ? { lockMode } : {}),
    because: days > required.floorDays && override?.days ? 'the config asks for longer' : required.because,
  };
}

/** Recordings and voicemail share a bucket, whose one default retention is the stricter of the two. */
function sharedVault(retention: Retention): Retention {
  const { recording, voicemail } = retention;
  const longer = recording.days >= voicemail.days ? recording : voicemail;
  const lockMode = [recording, voicemail].some((plan) => plan.lockMode === 'COMPLIANCE') ? 'COMPLIANCE' : 'GOVERNANCE';
  const accessibleDays = Math.max(recording.accessibleDays, voicemail.accessibleDays);
  const shared = { days: longer.days, because: longer.because, accessibleDays, lockMode } as const;
  return { ...retention, recording: { ...recording, ...shared }, voicemail: { ...voicemail, ...shared } };
}
