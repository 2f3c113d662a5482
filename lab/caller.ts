import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Daemon } from './daemon';
import { freePort } from './ports';
import type { CallerScript } from './scenario';
import { until } from './until';

export interface Place {
  readonly to: { readonly address: string; readonly port: number };
  readonly directory: string;
  /** Address the caller has (default 127.0.0.1). */
  readonly from?: string;
}

/** A SIPp that plays one script; `done()` is true when every message came as written. */
export class Caller {
  private readonly sipp: Daemon;
  private readonly directory: string;

  private constructor(sipp: Daemon, directory: string) {
    this.sipp = sipp;
    this.directory = directory;
  }

  static async call(script: CallerScript, { to, directory, from = '127.0.0.1' }: Place): Promise<Caller> {
    const own = mkdtempSync(path.join(directory, 'sipp-'));
    writeFileSync(path.join(own, 'caller.xml'), script.xml());
    const args = [
      '-sf',
      'caller.xml',
      '-i',
      from,
      '-p',
      String(await freePort()),
      '-m',
      '1',
      '-nostdin',
      '-timeout',
      '50s',
    ];
    const errors = ['-trace_err', '-error_file', 'errors.txt', '-trace_msg', '-message_file', 'messages.txt'];
    return new Caller(new Daemon('sipp', [`${to.address}:${to.port}`, ...args, ...errors], { cwd: own }), own);
  }

  get isRunning(): boolean {
    return this.sipp.isRunning;
  }

  async done(milliseconds = 45_000): Promise<void> {
    await until('the caller', () => !this.sipp.isRunning, milliseconds);
    if (this.sipp.process.exitCode !== 0)
      throw new Error(`the call went otherwise:\n${this.sipp.output.slice(-3_000)}`);
  }

  /** Every SIP message so far. */
  messages(): string {
    return readFileSync(path.join(this.directory, 'messages.txt'), 'utf8');
  }
}
