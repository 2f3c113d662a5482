import { createHash } from 'node:crypto';
import { type Content, isSound, narrowband, text, wideband } from './audio';
import type { SpooledCall } from './spooled';

export type Kind = 'recording' | 'transcript';

/** One object of a vault that a call comes to. */
export interface CallObject {
  readonly kind: Kind;
  /** Of the ledger: `recording#1`. */
  readonly item: string;
  readonly content: Content;
}

/** In the order in which they are stored. A side of a wideband call may be missing, the other is kept with silence beside it. */
export function objectsOf(call: SpooledCall): CallObject[] {
  const recordings = [
    ...(isSound(call, 'stereo') ? [narrowband(call)] : []),
    ...(isSound(call, 'caller') || isSound(call, 'agent') ? [wideband(call)] : []),
  ];
  const transcript = text(call);
  return [...numbered('recording', recordings), ...numbered('transcript', transcript.bytes > 0 ? [transcript] : [])];
}

/** Whether there were files of sound, but none with a sample in it. */
export const isEmptyRecording = (call: SpooledCall): boolean =>
  call.files.some(({ part }) => part === 'stereo' || part === 'caller') &&
  !objectsOf(call).some(({ kind }) => kind === 'recording');

const numbered = (kind: Kind, contents: readonly Content[]): CallObject[] =>
  contents.map((content, index) => ({ kind, item: `${kind}#${index + 1}`, content }));

/** SHA-256 of a content, hexadecimal. */
export async function sha256Of(content: Content): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of content.read()) hash.update(chunk);
  return hash.digest('hex');
}

/**
 * Key of an object: the day, a hash of whose it is and of what is in it, and what kind of file it is. It tells nothing of the
 * call, and the same content of the same call has the same key, so that nothing is stored twice.
 */
export function keyOf(callId: string, { kind, item }: CallObject, sha256: string, startedAt: string): string {
  const hash = createHash('sha256').update(`${callId}\n${item}\n${sha256}`).digest('hex');
  return `${startedAt.slice(0, 10).replaceAll('-', '/')}/${hash}${ENDINGS[kind]}`;
}

const ENDINGS: Readonly<Record<Kind, string>> = { recording: '.wav', transcript: '.jsonl' };
