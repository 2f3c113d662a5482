import { VAULTS } from '../../../regions/plan/vaults';
import type { RegionPlan } from '../../../regions/plan/types';
import { DISCOVERY_ACTIONS } from './discover';
import { READERS } from './readers';
import { RUNNING_ACTIONS } from './running/running';

/** Reads a live audit makes, none of which changes anything. */
const ACTIONS: readonly string[] = [
  ...new Set([...DISCOVERY_ACTIONS, ...RUNNING_ACTIONS, ...READERS.flatMap(({ actions }) => actions)]),
].toSorted();

/** HeadObject asks for it, and it would let whoever may also use the key read a recording: on the vaults' objects only. */
const OF_OBJECTS: ReadonlySet<string> = new Set(['s3:GetObject', 's3:GetObjectVersion']);

/**
 * The IAM policy that a live audit needs, and no more. It holds no `kms:Decrypt`: what is under a key of the customer's, as
 * every record of the kit is, can be looked at with it and not read.
 */
export const auditPolicy = (plans: readonly RegionPlan[]) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'VoicecellAuditReads',
      Effect: 'Allow',
      Action: ACTIONS.filter((action) => !OF_OBJECTS.has(action)),
      Resource: '*',
    },
    {
      Sid: 'VoicecellAuditLooksAtLocks',
      Effect: 'Allow',
      Action: ACTIONS.filter((action) => OF_OBJECTS.has(action)),
      Resource: [...new Set(plans.flatMap(vaultObjects))].toSorted(),
    },
  ].filter(({ Action }) => Action.length > 0),
});

const vaultObjects = ({ partition, names }: RegionPlan): string[] =>
  VAULTS.flatMap(({ bucket, copy }) => [bucket, copy]).map((name) => `arn:${partition}:s3:::${names.buckets[name]}/*`);
