import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { headerOf } from '../../../../media/recorder/audio';

/** What of a call has to be in the vault and the ledger. */
export interface Expected {
  readonly callId: string;
  /** Item → SHA-256, hexadecimal. */
  readonly objects: Readonly<Record<string, string>>;
}

/** By what lies in its spool now, narrowband. */
export function expectedOf(root: string, callId: string): Expected {
  const content = (suffix: string): Buffer => {
    const file = path.join(root, `${callId}${suffix}`);
    return existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  };
  const [raw, transcript] = [content('.raw'), content('.transcript.jsonl')];
  const samples = Math.floor(raw.length / 4);
  const recording = Buffer.concat([headerOf({ rate: 8_000, samples }), raw.subarray(0, samples * 4)]);
  return {
    callId,
    objects: {
      ...(samples > 0 ? { 'recording#1': sha256(recording) } : {}),
      ...(transcript.length > 0 ? { 'transcript#1': sha256(transcript) } : {}),
    },
  };
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
