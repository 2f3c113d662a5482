import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpokenLine, SPOOL } from '../../contract/spool';

// An image is built from its folder alone; the types hold these to the contract.
const ENDING: (typeof SPOOL)['transcript'] = '.transcript.jsonl';
const CALL_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** What was said, line by line into the spool, for the recorder to keep. */
export class Transcript {
  private readonly file: string;
  private readonly log: (error: unknown) => void;
  private written = Promise.resolve();

  public constructor(file: string, log: (error: unknown) => void) {
    this.file = file;
    this.log = log;
  }

  public note(who: SpokenLine['who'], text: string): void {
    const line = { at: new Date().toISOString(), who, text } satisfies SpokenLine;
    this.written = this.written
      .then(() => appendFile(this.file, `${JSON.stringify(line)}\n`, { mode: 0o640 }))
      .catch(this.log);
  }
}

/**
 * Where the transcript of a call goes; undefined where there is to be none: without a spool, and of a call whose caller did
 * not agree to be recorded.
 */
export const transcriptFile = (
  spool: string | undefined,
  { callId, isRecorded }: { readonly callId: string; readonly isRecorded: boolean },
): string | undefined =>
  spool !== undefined && isRecorded && CALL_ID.test(callId) ? join(spool, `${callId}${ENDING}`) : undefined;
