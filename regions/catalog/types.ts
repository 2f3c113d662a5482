export type Architecture = 'x86_64' | 'arm64';

export interface Gpu {
  readonly manufacturer: string;
  readonly model: string;
  /** GPUs the guest sees. For a fraction of a GPU EC2 reports a physical count of 0; this is its logical count, 1. */
  readonly count: number;
  /** Memory of one visible GPU, of the fraction where it is one. */
  readonly memMiBEach: number;
  /** Share of a physical GPU, such as 0.125. Absent when the GPUs are whole. */
  readonly fraction?: number | undefined;
}

/** What EC2 says of an instance type (DescribeInstanceTypes). */
export interface InstanceType {
  readonly vcpu: number;
  readonly memMiB: number;
  readonly arch: Architecture;
  /** Absent when the type has no GPU. */
  readonly gpu?: Gpu | undefined;
  /** NVMe instance store. Absent when there is none. */
  readonly localNvmeGB?: number | undefined;
  /** Sustained bandwidth of the primary network card, the one an ECS task in host or awsvpc mode uses. */
  readonly baselineGbps: number;
  /** Whether traffic between two such instances is encrypted by the hardware. Absent when unknown. */
  readonly encryptionInTransit?: boolean | undefined;
  /** Placement group strategies the type may be launched into. */
  readonly placement: readonly string[];
}

/** Instance types offered in each AZ, by AZ id. */
export type AzOfferings = ReadonlyMap<string, ReadonlySet<string>>;

/** What one region offers, and how that is known. */
export interface RegionOfferings {
  /** Key of the sources in `data/offerings.json`. */
  readonly source: string;
  /** Month or day the facts were true, `2026-05` or `2026-05-17`. */
  readonly asOf: string;
  readonly azIds: AzOfferings;
}

/** Offerings and specs together: what `voicecell catalog refresh` reads, compares and writes. */
export interface Catalog {
  readonly offerings: ReadonlyMap<string, RegionOfferings>;
  readonly instanceTypes: ReadonlyMap<string, InstanceType>;
  /** Where the specs come from: the oldest source and day that hold for all of them. */
  readonly specsFrom: { readonly source: string; readonly asOf: string };
}
