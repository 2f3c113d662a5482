import { becauseOf, type MergedRequirement } from '../../compliance/requirements';
import { DATA_CLASSES, type DataClass, type DeploymentConfig } from '../config/schema';
import { logRetentionDays } from './log-retention';
import type { RetentionPlan, Transition } from './types';
import { LOCKED_CLASSES } from './vaults';

/** With no framework the kit still keeps, and locks for a day, what a call leaves behind, so that a rehearsal is real. */
const WITHOUT_FRAMEWORK = { recordDays: 1, otherDays: 14 } as const;

export type Retention = Readonly<Record<DataClass, RetentionPlan>>;

/** Days and lock of each class: the frameworks' merge, lengthened or strengthened by the config, never weakened. */
export function retentionFor(
  requirements: Readonly<Record<DataClass, MergedRequirement>>,
  overrides: DeploymentConfig['retention'] = {},
): Retention {
  const plans = DATA_CLASSES.map(
    (dataClass) => [dataClass, planOf(dataClass, requirements[dataClass], overrides[dataClass])] as const,
  );
  const shared = sharedVault(Object.fromEntries(plans) as Retention);
  return Object.fromEntries(Object.entries(shared).map(([name, plan]) => [name, withLogDays(plan)])) as Retention;
}

function withLogDays(plan: RetentionPlan): RetentionPlan {
  const logGroupDays = logRetentionDays(plan.days);
  return logGroupDays ? { ...plan, logGroupDays } : plan;
}

type Override = NonNullable<DeploymentConfig['retention']>[DataClass];

function planOf(dataClass: DataClass, required: MergedRequirement, override: Override): RetentionPlan {
  const locked = LOCKED_CLASSES.includes(dataClass);
  const unasked = locked ? WITHOUT_FRAMEWORK.recordDays : WITHOUT_FRAMEWORK.otherDays;
  const wanted = Math.max(required.floorDays || unasked, override?.days ?? 0);
  // A ceiling below the floor has been settled in favour of the floor, or the config reader refuses it.
  const days = Math.max(required.floorDays, Math.min(wanted, required.ceilingDays ?? wanted));
  const lockMode = locked ? (override?.lockMode ?? required.lockMode ?? 'GOVERNANCE') : undefined;
  return {
    dataClass,
    days,
    accessibleDays: Math.min(days, required.accessibleDays),
    ...(lockMode ? { lockMode } : {}),
    clock: required.clock,
    transitions: locked ? transitionsFor(days) : [],
    because: days > required.floorDays && override?.days ? 'the config asks for longer' : becauseOf(required),
  };
}

/**
 * Glacier Instant Retrieval is read as fast as Standard, so it may hold what must be easily accessible (17 CFR
 * 240.17a-4(b)(4): the first two years); slower tiers are never used. It bills 90 days at least.
 */
const transitionsFor = (days: number): readonly Transition[] =>
  days > 2 * INSTANT_TIER_DAYS ? [{ storageClass: 'GLACIER_IR', afterDays: INSTANT_TIER_DAYS }] : [];

const INSTANT_TIER_DAYS = 90;

/** Recordings and voicemail share a bucket, whose one default retention is the stricter of the two. */
function sharedVault(retention: Retention): Retention {
  const { recording, voicemail } = retention;
  const longer = recording.days >= voicemail.days ? recording : voicemail;
  const lockMode = [recording, voicemail].some((plan) => plan.lockMode === 'COMPLIANCE') ? 'COMPLIANCE' : 'GOVERNANCE';
  const accessibleDays = Math.max(recording.accessibleDays, voicemail.accessibleDays);
  const { days, transitions } = longer;
  const shared = { days, transitions, because: longer.because, accessibleDays, lockMode } as const;
  return { ...retention, recording: { ...recording, ...shared }, voicemail: { ...voicemail, ...shared } };
}
