/**
 * Names of what nodes emit (CloudWatch embedded metric format) and what stacks alarm and scale on: fixed here, once.
 * Every node emits each metric once a minute with the dimensions Deployment, Region and Cell.
 */
export const METRICS = {
  namespace: 'Voicecell',
  /**
   * Calls in progress on the node; the average over nodes times the running nodes is the cell's count. Emitted by media
   * nodes only: an edge node would count the same calls again. Unit: Count.
   */
  callsInProgress: 'CallsInProgress',
  /** Calls the media node would accept beyond those in progress; 0 while it drains. Unit: Count. */
  callCapacity: 'CallCapacity',
  /** 1 while the node drains, else 0. Unit: Count. */
  draining: 'Draining',
  /** Calls refused with 503, by any cause; edge nodes say the cause as well (`REASON_DIMENSION`). Unit: Count. */
  callsRefused: 'CallsRefused',
  /** End-of-turn decision to first voiced reply RTP packet leaving the media server. Unit: Milliseconds. */
  turnRoundTrip: 'TurnRoundTrip',
  /** Bytes of recordings not yet in the vault. Unit: Bytes. */
  spoolBytes: 'SpoolBytes',
  /** Age, since the end of its call, of the oldest recording not yet in the vault; 0 when there is none. Unit: Seconds. */
  spoolAge: 'SpoolAge',
  /** Of the spool's disk; a node whose disk is nearly full takes no new calls. Unit: Percent. */
  spoolUsed: 'SpoolUsedPercent',
  /** Days until the SIP certificate expires. Unit: Count. */
  certificateDays: 'CertificateDaysLeft',
  /**
   * Times AWS did not let an edge or media node hold itself for its calls, or settle with others who leaves; emitted when that
   * happens only. Unit: Count.
   */
  holdFailures: 'HoldFailures',
} as const;

/** Names of the dimensions that every metric above carries. */
export const DIMENSIONS = { deployment: 'Deployment', region: 'Region', cell: 'Cell' } as const;

/** One more dimension of what edge nodes refuse: the `reason` of the event, or `no-media` where no node could take the call. */
export const REASON_DIMENSION = 'Reason';

export type MetricName = keyof Omit<typeof METRICS, 'namespace'>;

/**
 * What a region's ledger, vaults and copies were found to disagree in, once for each day that is compared (`records/reconcile/`):
 * with the dimensions Deployment and Region, and for each kind of finding with its Kind too. Unit: Count.
 */
export const RECORDS_FINDINGS = { name: 'RecordsFindings', kind: 'Kind' } as const;
