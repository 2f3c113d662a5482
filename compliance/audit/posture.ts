import type { DataClass, Framework, LockMode } from '../../regions/config/schema';
import type { Authority, Citation, Control } from '../controls/control';
import type { AuditControl } from './audit-controls';

/** Version of the shape of a posture; it changes when a reader of the last one would misread this one. */
export const POSTURE_VERSION = 1;

/**
 * Which controls hold, on what evidence, and what to do about the rest. Plain, frozen, JSON-printable: every report is made
 * of one, and two can be compared.
 */
export interface Posture {
  readonly version: typeof POSTURE_VERSION;
  readonly tool: { readonly name: 'voicecell'; readonly version: string };
  readonly catalogue: {
    readonly controls: number;
    /** What only an audit judges, with what it looks at: beside the catalogue, and not in its number. */
    readonly auditControls: readonly AuditRow[];
    /** Day on which the youngest source was read, ISO date. */
    readonly checkedOn: string;
  };
  readonly inputs: Inputs;
  readonly summary: Summary;
  /** What is asked and what is built of each class of data, for each unit. */
  readonly retention: readonly RetentionRow[];
  readonly waivers: readonly WaiverRow[];
  /** In a fixed order: worst first, then by control, unit, region, stack and resource. */
  readonly findings: readonly Finding[];
  /** SHA-256, hex, of all the rest as canonical JSON: what makes a report evidence. */
  readonly sha256: string;
}

/** As `AUDIT_CONTROLS` has it, of this version or another. */
export interface AuditRow extends Omit<AuditControl, 'citations'> {
  readonly citations: readonly Citation[];
}

export type Mode = 'template' | 'deployment' | 'live';

export interface Inputs {
  readonly mode: Mode;
  /** ISO date by which attestations and waivers are judged. */
  readonly asOf: string;
  readonly units: readonly UnitInput[];
  /** Files that were judged, each with SHA-256 in hex of its bytes. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  /** What could not be read or expanded, a line each: what rests on it is indeterminate. */
  readonly limits: readonly string[];
}

export interface UnitInput {
  /** A deployment's name, or what the templates are called together. */
  readonly name: string;
  readonly frameworks: readonly Framework[];
  /** Regions in which data may lie. */
  readonly allowedRegions: readonly string[];
  /** Regions that stacks stand in. */
  readonly regions: readonly string[];
}

export const STATUSES = ['unmet', 'indeterminate', 'waived', 'attested', 'met', 'notApplicable'] as const;

/** `attested`: met on somebody's word; `indeterminate`: the evidence does not show it, which is no pass. */
export type Status = (typeof STATUSES)[number];

export type Summary = Readonly<Record<Status, number>>;

/** One control, of one resource or of a unit as a whole. */
export interface Finding {
  /** `REC-02`. */
  readonly control: string;
  /** Plain sentence that is true when the control is met. */
  readonly title: string;
  /** Who asks it of this unit. */
  readonly framework: readonly Authority[];
  readonly status: Status;
  readonly severity: Control['severity'];
  readonly unit: string;
  /** Absent for what is about a unit as a whole, and where a template does not say. */
  readonly region?: string;
  /** Construct path or file name. */
  readonly stack?: string;
  /** Logical id. */
  readonly resource?: string;
  /** `AWS::S3::Bucket`. */
  readonly type?: string;
  /** CDK construct path, where the template keeps it. */
  readonly constructPath?: string;
  readonly location?: Location;
  /** What was found, in words. */
  readonly message: string;
  /** What to change, all of it; present where it is unmet or indeterminate, waived or not. */
  readonly remedy?: string;
  readonly citations: readonly Citation[];
  readonly waiver?: WaiverRef;
  /** Of what is attested: the last day on which the word counts, ISO date. */
  readonly attestedUntil?: string;
  /** Live: where the account differs from the template, whether or not the control minds. */
  readonly drift?: readonly Drifted[];
  /** SHA-256, hex, of control, unit, stack and resource: the same finding in another run. */
  readonly fingerprint: string;
}

export interface Location {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export interface Drifted {
  /** Path of the property: `BucketEncryption.ServerSideEncryptionConfiguration`. */
  readonly property: string;
  readonly template: unknown;
  /** Absent when the account has none. */
  readonly live?: unknown;
}

export interface WaiverRef {
  readonly reason: string;
  readonly owner: string;
  /** ISO date, that day included. */
  readonly expires: string;
}

export interface WaiverRow extends WaiverRef {
  readonly rule: string;
  readonly scope: readonly string[];
  /** Negative when it is over. */
  readonly daysLeft: number;
  /** Findings it covers here. */
  readonly covers: number;
}

/** Days; a class nobody asks anything of, and that nothing keeps, has no row. */
export interface RetentionRow {
  readonly unit: string;
  readonly dataClass: DataClass;
  readonly floorDays: number;
  readonly ceilingDays?: number;
  readonly accessibleDays: number;
  readonly lockMode?: LockMode;
  readonly clock: 'creation' | 'event';
  /** Who sets the floor. */
  readonly because: readonly string[];
  /** Stores of the class. */
  readonly stores: readonly KeptStore[];
}

export interface KeptStore {
  readonly region?: string;
  readonly stack: string;
  readonly resource: string;
  /** Days locked or kept; 0 where nothing keeps it; absent where it cannot be known, or where it is kept for ever. */
  readonly days?: number;
  readonly isForever?: true;
  /** As written: GOVERNANCE, COMPLIANCE; absent without a lock. */
  readonly lockMode?: string;
}
