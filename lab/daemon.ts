import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { atEnd } from './cleanup';
import { until } from './until';

export interface DaemonOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** A program that runs until the end. It leads a process group, so that its children end with it. */
export class Daemon {
  output = '';
  readonly process: ChildProcess;

  constructor(command: string, args: readonly string[], { env = {}, cwd }: DaemonOptions = {}) {
    this.process = spawn(command, args, { cwd, env: { ...process.env, ...env }, detached: true });
    this.process.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.process.stderr?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    atEnd(() => this.stop());
  }

  get isRunning(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  lines(): string[] {
    return this.output.split('\n');
  }

  /** Waits until the output has `text`; fails with the output if the program ends or is too slow. */
  async says(text: string | RegExp, milliseconds = 15_000): Promise<void> {
    const has = () => (typeof text === 'string' ? this.output.includes(text) : text.test(this.output));
    await this.withOutput(() => until(String(text), () => has() || this.failIfGone(), milliseconds));
  }

  /** Waits until `ready` answers true; fails with the output if the program ends or is too slow. */
  async ready(ready: () => Promise<boolean>, milliseconds = 15_000): Promise<void> {
    await this.withOutput(() =>
      until('the daemon', async () => (await ready().catch(() => false)) || this.failIfGone(), milliseconds),
    );
  }

  signal(signal: NodeJS.Signals): void {
    if (this.process.pid !== undefined && this.isRunning) process.kill(-this.process.pid, signal);
  }

  async stop(): Promise<void> {
    if (!this.isRunning) return;
    const exited = once(this.process, 'exit');
    this.signal('SIGTERM');
    await Promise.race([exited, sleep(5_000, undefined, { ref: false })]);
    this.signal('SIGKILL');
    await exited;
  }

  private failIfGone(): false {
    if (!this.isRunning) throw new Error(`${this.process.spawnfile} ended`);
    return false;
  }

  private async withOutput(wait: () => Promise<unknown>): Promise<void> {
    await wait().catch((error: Error) => {
      throw new Error(`${error.message}; it said:\n${this.output.slice(-4_000)}`, { cause: error });
    });
  }
}
