import type { SPOOL } from '../contract/spool';

// An image is built from its folder alone; the types hold these to the contract.
export const NAMES: typeof SPOOL = {
  stereo: '.raw',
  caller: '.caller.sln16',
  agent: '.agent.sln16',
  transcript: '.transcript.jsonl',
  call: '.call.json',
  progress: '.progress.json',
  server: 'server.json',
};

export type Part = Exclude<keyof typeof SPOOL, 'server'>;

export const PARTS: readonly Part[] = ['stereo', 'caller', 'agent', 'transcript', 'call', 'progress'];
const CALL_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** A file of a call. */
export interface SpoolFile {
  readonly part: Part;
  readonly bytes: number;
  /** Time of the last change by the file system, milliseconds since 1970. */
  readonly changedAt: number;
}

/** What a spool has of one call, by the names of the files alone. */
export interface SpooledCall {
  readonly callId: string;
  readonly root: string;
  readonly files: readonly SpoolFile[];
}

export interface Named {
  readonly callId: string;
  readonly part: Part;
}

/** Whose file it is; nothing for what is being written and what is no file of a call. */
export function named(name: string): Named | undefined {
  for (const part of PARTS) {
    const callId = name.endsWith(NAMES[part]) ? name.slice(0, -NAMES[part].length) : '';
    if (CALL_ID.test(callId)) return { callId, part };
  }
  return undefined;
}

export const fileOf = ({ callId, root }: Pick<SpooledCall, 'callId' | 'root'>, part: Part): string =>
  `${root}/${callId}${NAMES[part]}`;

export const has = ({ files }: SpooledCall, part: Part): boolean => files.some((file) => file.part === part);

export const bytesOf = ({ files }: SpooledCall): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** When something of the call last changed, milliseconds since 1970; what the recorder notes of it does not change it. */
export function lastChange({ files }: SpooledCall): number {
  const content = files.filter(({ part }) => part !== 'progress');
  return Math.max(...(content.length > 0 ? content : files).map(({ changedAt }) => changedAt));
}

/** Of a call in one spool: the same call may lie in two. */
export const nameOf = ({ root, callId }: Pick<SpooledCall, 'root' | 'callId'>): string => `${root}/${callId}`;

/** Differs as soon as any file grows, appears or is replaced. */
export const signatureOf = ({ files }: SpooledCall): string =>
  files.map(({ part, bytes, changedAt }) => `${part}:${bytes}:${changedAt}`).join(' ');
