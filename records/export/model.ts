import type { Row } from '../ledger/attributes';
import type { Officer } from '../officer/officer';
import type { Request } from '../vault/vault';

/** Version of the manifest's form. */
export const MANIFEST_VERSION = 1;

/** One object as it was exported, or why it was not. */
export interface Exported {
  readonly callId: string;
  /** Of the ledger: `recording#1`. */
  readonly item: string;
  /** Below the folder; missing when nothing was written. */
  readonly file?: string;
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly contentType: string;
  /** As the ledger has it. */
  readonly expected: Content;
  /** As it was counted while it was written. */
  readonly found?: Content;
  readonly state?: StoredState;
  readonly fetched?: Fetched;
  /** Findings, a line each. */
  readonly problems: readonly string[];
}

export interface Content {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** What S3 says of the version. */
export interface StoredState {
  readonly bytes?: number;
  readonly lastModified?: string;
  readonly storageClass: string;
  readonly lockMode?: string;
  readonly retainUntil?: string;
  readonly legalHold: 'ON' | 'OFF';
  /** A lock whose days begin when the hold is released. */
  readonly eventHold?: string;
  readonly kmsKeyId?: string;
  /** `COMPLETED`, `PENDING`, `FAILED`. */
  readonly replication?: string;
  /** S3's own SHA-256 of the whole object, hexadecimal, where it has one. */
  readonly sha256?: string;
}

/** Which request brought the bytes; a run that finds them there already keeps that of the run that fetched them. */
export interface Fetched extends Request {
  readonly at: string;
  /** ARN of the role session. */
  readonly by: string;
}

/** Who looked, in whose place. */
export type Custodian = Officer['identity'] & Pick<Officer, 'session' | 'takenBy'> & { readonly region: string };

/** One run of the export into a folder. */
export interface Run {
  readonly at: string;
  readonly tool: { readonly name: 'voicecell'; readonly version: string };
  readonly custodians: readonly Custodian[];
}

/** What was asked for: a folder holds one request, however often it is run. */
export interface ExportRequest {
  readonly deployment: string;
  readonly regions: readonly string[];
  /** As it was given; a number only as its hash, which each region has its own of. */
  readonly selection: Readonly<Record<string, unknown>>;
}

export interface Manifest {
  readonly version: typeof MANIFEST_VERSION;
  readonly request: ExportRequest;
  /** All runs into the folder, the last one last. */
  readonly runs: readonly Run[];
  readonly endedAt: string;
  readonly counts: {
    readonly calls: number;
    readonly objects: number;
    readonly bytes: number;
    readonly findings: number;
  };
  /** All that is not as it should be, a line each, with region and call. */
  readonly findings: readonly string[];
  readonly calls: readonly ExportedCall[];
}

export interface ExportedCall {
  readonly region: string;
  readonly callId: string;
  /** The ledger's rows of it. */
  readonly ledger: readonly Row[];
  readonly objects: readonly Exported[];
}
