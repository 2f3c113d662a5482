import { statSync } from 'node:fs';

const CHECK_MS = 250;
/**
 * Asterisk writes a file in pieces of 32 KiB, 1.02 s of two channels: so many checks without growth are a recording that stands
 * for a second. With a quarter of one, a node whose disk or processors are busy for that long ended calls that were recorded.
 */
const PATIENCE = 8;

/** Watches files grow. `onStill` is called once for a recording that does not. */
export class RecordingWatch {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly onStill: (callId: string) => void;

  constructor(onStill: (callId: string) => void) {
    this.onStill = onStill;
  }

  begin(callId: string, file: string): void {
    let size = 0;
    let still = 0;
    const check = () => {
      const now = statSync(file, { throwIfNoEntry: false })?.size;
      still = now === undefined || now <= size ? still + 1 : 0;
      size = now ?? size;
      if (now !== undefined && still < PATIENCE) return;
      this.end(callId);
      this.onStill(callId);
    };
    this.timers.set(callId, setInterval(check, CHECK_MS));
  }

  end(callId: string): void {
    clearInterval(this.timers.get(callId));
    this.timers.delete(callId);
  }
}
