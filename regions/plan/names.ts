import type { Names } from './types';

export interface NameInput {
  readonly deployment: string;
  readonly region: string;
  readonly account: string;
  readonly partition: string;
}

/** All physical names of a region. Longest: `<16>-<14>-transcripts-copy-<12>` = 60 characters of the 63 a bucket may have. */
export function namesFor({ deployment, region, account, partition }: NameInput): Names {
  const prefix = `${deployment}-${region}`;
  const bucket = (kind: string): string => `${prefix}-${kind}-${account}`;
  const alias = (kind: string): string => `alias/${prefix}-${kind}`;
  return {
    prefix,
    buckets: {
      recordings: bucket('recordings'),
      transcripts: bucket('transcripts'),
      cdr: bucket('cdr'),
      posture: bucket('posture'),
      logs: bucket('logs'),
      weights: bucket('weights'),
      recordingsCopy: bucket('recordings-copy'),
      transcriptsCopy: bucket('transcripts-copy'),
      cdrCopy: bucket('cdr-copy'),
      postureCopy: bucket('posture-copy'),
      logsCopy: bucket('logs-copy'),
    },
    keyAliases: {
      recording: alias('recording'),
      transcript: alias('transcript'),
      cdr: alias('cdr'),
      posture: alias('posture'),
      log: alias('log'),
      topic: alias('topic'),
      volume: alias('volume'),
      weights: alias('weights'),
      recordingCopy: alias('recording-copy'),
      transcriptCopy: alias('transcript-copy'),
      cdrCopy: alias('cdr-copy'),
      postureCopy: alias('posture-copy'),
      copiesTopic: alias('copies-topic'),
    },
    ledgerTable: `${prefix}-ledger`,
    numberKeySecret: `${deployment}-number-key`,
    ledgerStream: `${prefix}-ledger-changes`,
    ledgerDelivery: `${prefix}-ledger-delivery`,
    reconciler: `${prefix}-reconciler`,
    trail: `${prefix}-trail`,
    topic: `${prefix}-alarms`,
    copiesTopic: `${prefix}-copies-alerts`,
    roles: {
      writer: `${prefix}-writer`,
      playback: `${prefix}-playback`,
      recordsOfficer: `${prefix}-records-officer`,
      keyAdmin: `${prefix}-key-admin`,
      breakGlass: `${prefix}-break-glass`,
      replication: `${prefix}-replication`,
    },
    logGroupPrefix: `/voicecell/${deployment}/${region}`,
    repositories: { stt: `${prefix}/stt`, llm: `${prefix}/llm`, tts: `${prefix}/tts` },
    cfnExecutionRoleArn: cfnExecutionRoleArn({ region, account, partition }),
  };
}

/** The role CloudFormation acts as after `cdk bootstrap` with the default qualifier. */
export const cfnExecutionRoleArn = (where: Omit<NameInput, 'deployment'>): string =>
  `arn:${where.partition}:iam::${where.account}:role/cdk-hnb659fds-cfn-exec-role-${where.account}-${where.region}`;
