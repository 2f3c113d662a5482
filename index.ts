/**
 * The kit as a library, for a CDK app of one's own. What is not exported here may change in any release; what is keeps its
 * construct ids and logical ids within a major version.
 *
 * Units are in the names (`days`, `GiB`, `Minutes`, `Seconds`); cells are named by AZ id (`use1-az4`), never by AZ name.
 */

// Reading: files in, plans or located problems out. Nothing here throws for a user's mistake.
export { readInputs, type Inputs, type InputsResult } from './bin/inputs';
export { formatProblem, readDeployment, type Place, type Problem, type ReadResult } from './regions/config';
export type { DeploymentConfig, RegionConfig } from './regions/config/schema';
export { readLock, type Lock, type LockResult } from './regions/lock';

// Deciding: the plan of each region, frozen and printable as JSON.
export { planDeployment } from './regions/plan';
export type { CellPlan, FleetPlan, ImagePlan, InferencePlan, Range } from './regions/plan/cell-types';
export type { Decision, RegionPlan } from './regions/plan/types';

// Building: a region whole, its stacks one by one, or a cell in a stack of one's own.
export { featureFlags } from './lib/feature-flags';
export { VoiceRegion, type VoiceRegionProps } from './lib/voice-region';
export { CopiesStack, type CopiesStackProps } from './lib/stacks/copies';
export { CellStack } from './lib/stacks/cell';
export { RecordsStack, type RecordsStackProps } from './lib/stacks/records';
export { NetworkStack, type NetworkStackProps } from './lib/stacks/network';
export { WatchStack, type WatchStackProps } from './lib/stacks/watch';
export { GuardStack, type GuardStackProps } from './lib/stacks/guard';
export { GuardrailsStack, type GuardrailsStackProps, type OrganizationPolicy } from './lib/stacks/guardrails';
export { ColocatedCell, type ColocatedCellProps } from './lib/constructs/cell/colocated-cell';
export type {
  CellNetwork,
  PrefixListIds,
  RegionNetwork,
  SipDirectoryIds,
  SrvService,
} from './lib/constructs/network/region-network';
export type { DataKeys, RegionRecords } from './lib/constructs/records/region-records';

// Checking: the same checks as `voicecell synth`, as plugins of CDK's validation.
export { CoLocation } from './compliance/colocation/plugin';
export { checkedPacks, type CheckedPacks, type Tally } from './compliance/nag/packs';
export { ledgerProblems, type LedgerProblem, type LedgerQuestion } from './compliance/nag/ledger';
export { readWaivers, type Ledger, type Waiver } from './compliance/nag/waivers';
export {
  VoicecellAlways,
  VoicecellFinra,
  VoicecellHipaa,
  VoicecellSoc2,
  type PackScope,
} from './compliance/nag/voicecell-packs';
export { unitsOf, wholeApp, type AppScope, type Unit } from './compliance/controls/unit';

// Guarding: what the organization should deny, as documents for `GuardrailsStack` or for files.
export { guardrailsFor, type EndpointDocument, type Guardrail, type Guardrails } from './compliance/guardrails';
