import type { ReconciledVault } from '../../regions/plan/reconciliation';
import type { StoredItem } from '../../media/contract/ledger';

/** In the order in which they are told. */
export const KINDS = [
  'missing',
  'unlocked',
  'short-locked',
  'differs',
  'deleted',
  'not-copied',
  'orphaned',
  'misnoted',
] as const;

export type Kind = (typeof KINDS)[number];

/** Something that is not as it should be. It names no caller: whose call it is, the ledger says to whom may ask it. */
export interface Finding {
  readonly kind: Kind;
  readonly place: 'ledger' | 'vault' | 'copy';
  readonly bucket?: string;
  readonly key?: string;
  readonly versionId?: string;
  /** Missing where no ledger row names the version. */
  readonly callId?: string;
  readonly item?: string;
  /** What was found, in words. */
  readonly why: string;
}

/** The lock of a version as S3 tells it; empty when it has none. */
export interface Lock {
  readonly mode?: string;
  readonly until?: Date;
  /** Days for which it is locked once its event hold is released; missing where no event hold is on. */
  readonly eventHoldDays?: number;
}

export interface Version {
  readonly key: string;
  readonly versionId: string;
  readonly storedAt: Date;
  readonly bytes: number;
  /** Hexadecimal, where it was told. */
  readonly sha256?: string;
  readonly lock: Lock;
}

/** A delete marker that hides its key. */
export interface Marker {
  readonly key: string;
  readonly at: Date;
}

/** What a bucket has of a day. */
export interface Shelf {
  readonly versions: readonly Version[];
  readonly markers: readonly Marker[];
}

/** An object that the ledger names. */
export interface Named {
  readonly stored: StoredItem;
  /** By a matter of its call, now. */
  readonly isHeld: boolean;
}

/** One vault of calls on one day: what the ledger names of it, what lies in it and what lies in its copy. */
export interface Compared {
  readonly rules: ReconciledVault;
  readonly named: readonly Named[];
  readonly vault: Shelf;
  readonly copy: Shelf;
  readonly now: Date;
}
