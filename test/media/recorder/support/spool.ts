import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CallFile, SpokenLine } from '../../../../media/contract/spool';

export interface SpooledCallOf {
  readonly callId?: string;
  readonly boot?: string;
  readonly ended?: boolean;
  /** Samples of a side. */
  readonly samples?: number;
  readonly wide?: boolean;
  readonly said?: readonly SpokenLine[];
  readonly file?: Partial<CallFile>;
  /** Below the spool of the node itself. */
  readonly root?: string;
}

/** A spool in a temporary folder, filled as the media server and the agent fill it. */
export class TestSpool {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'voicecell-spool-'));
  readonly root: string;
  readonly adopted = path.join(this.folder, 'adopted');
  readonly noNewCalls = path.join(this.folder, 'no-new-calls');

  /** @param root of a media server, which fills it */
  constructor(root?: string) {
    this.root = root ?? path.join(this.folder, 'spool');
    mkdirSync(this.root, { recursive: true });
    mkdirSync(this.adopted);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  serverLives(boot = 'boot-1', root = this.root): void {
    writeFileSync(path.join(root, 'server.json'), JSON.stringify({ boot }));
  }

  serverIsGone(): void {
    rmSync(path.join(this.root, 'server.json'), { force: true });
  }

  /** Files of a call that ended some time ago, unless told otherwise. */
  put({
    callId = 'call-1',
    boot = 'boot-1',
    ended = true,
    samples = 800,
    wide,
    said,
    file,
    root = this.root,
  }: SpooledCallOf = {}): void {
    const write = (suffix: string, content: string | Buffer): void => {
      const at = path.join(root, `${callId}${suffix}`);
      writeFileSync(at, content);
      utimesSync(at, PAST, PAST);
    };
    if (wide) {
      write('.caller.sln16', sound(samples, 1));
      write('.agent.sln16', sound(samples - 160, 1));
    } else write('.raw', sound(samples, 2));
    if (said) write('.transcript.jsonl', said.map((line) => `${JSON.stringify(line)}\n`).join(''));
    write(
      '.call.json',
      JSON.stringify({ ...callFile(callId, boot), ...(ended ? {} : { endedAt: undefined }), ...file }),
    );
  }

  files(root = this.root): string[] {
    return readdirSync(root)
      .filter((name) => name !== 'server.json')
      .toSorted();
  }
}

const PAST = new Date('2026-11-22T09:40:00.000Z');

export const callFile = (callId: string, boot = 'boot-1'): CallFile => ({
  v: 1,
  callId,
  boot,
  startedAt: '2026-11-22T09:30:00.000Z',
  endedAt: '2026-11-22T09:34:00.000Z',
  function: 'scheduling',
  carrier: 'carrier-a',
  callerNumber: '+12025550123',
  consent: { mode: 'notice', granted: true, ts: '2026-11-22T09:30:04.000Z', promptId: 'recording-notice.en@1a2b3c4d' },
});

/** Samples that differ from one another, so that a swap or a loss is seen. */
export function sound(samples: number, channels: number): Buffer {
  const bytes = Buffer.alloc(samples * channels * 2);
  for (let at = 0; at < samples * channels; at += 1) bytes.writeInt16LE(((at * 7919) % 65_536) - 32_768, at * 2);
  return bytes;
}
