import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../../../support/moto';
import type { TestSpool } from './spool';
import { type FakeStores, KEY_ARN } from './fake-stores';

const MAIN = path.join(__dirname, '..', '..', '..', '..', 'media', 'recorder', 'main.ts');

/** What the image itself sets. */
const IMAGE_ENV: Readonly<Record<string, string>> = Object.fromEntries(
  [...readFileSync(path.join(path.dirname(MAIN), 'Dockerfile'), 'utf8').matchAll(/^ENV (\w+)=(\S+)$/gm)].map(
    ([, name, value]) => [name, value],
  ),
);

/** What `media/contract/media.ts` gives the container, with the fake stores behind it. */
export const recorderEnv = (
  spool: TestSpool,
  stores: Pick<FakeStores, 'url'>,
  statusPort: number,
): Record<string, string> => ({
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_ENDPOINT_URL: stores.url,
  VOICECELL_DEPLOYMENT: 'test',
  VOICECELL_CELL: 'use1-az4',
  SPOOL_DIRECTORY: spool.root,
  ADOPTED_DIRECTORY: spool.adopted,
  NO_NEW_CALLS_FILE: spool.noNewCalls,
  RECORDINGS_BUCKET: 'recordings',
  RECORDINGS_KEY_ARN: KEY_ARN,
  RECORDINGS_DAYS: '2192',
  RECORDINGS_LOCK: 'COMPLIANCE',
  RECORDINGS_CLOCK: 'creation',
  TRANSCRIPTS_BUCKET: 'transcripts',
  TRANSCRIPTS_KEY_ARN: KEY_ARN,
  TRANSCRIPTS_DAYS: '1096',
  TRANSCRIPTS_LOCK: 'GOVERNANCE',
  TRANSCRIPTS_CLOCK: 'creation',
  LEDGER_TABLE: 'ledger',
  NUMBER_KEY_NAME: 'test-number-key',
  METRICS_NAMESPACE: 'Voicecell',
  STATUS_PORT: String(statusPort),
});

/** The recorder as it is shipped, in a process of its own. */
export class RecorderProcess {
  readonly child: ChildProcess;
  readonly statusPort: number;
  readonly lines: string[] = [];

  private constructor(child: ChildProcess, statusPort: number) {
    this.child = child;
    this.statusPort = statusPort;
    let rest = '';
    child.stdout?.on('data', (text: Buffer) => {
      const lines = `${rest}${text.toString('utf8')}`.split('\n');
      rest = lines.pop() ?? '';
      this.lines.push(...lines);
    });
  }

  static async start(
    spool: TestSpool,
    stores: FakeStores,
    more: { readonly env?: Record<string, string>; readonly preload?: string } = {},
  ): Promise<RecorderProcess> {
    const port = await freePort();
    const preload = more.preload === undefined ? [] : ['--require', more.preload];
    const child = spawn(process.execPath, ['--import', 'tsx', ...preload, MAIN], {
      env: {
        PATH: process.env['PATH'] ?? '',
        ...IMAGE_ENV,
        ...recorderEnv(spool, stores, port),
        ...more.env,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return new RecorderProcess(child, port);
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async ended(): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }> {
    if (!this.hasEnded) await once(this.child, 'exit');
    return { code: this.child.exitCode, signal: this.child.signalCode };
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.hasEnded) return;
    this.child.kill(signal);
    await this.ended();
  }

  async status(): Promise<Record<string, unknown>> {
    const answer = await fetch(`http://127.0.0.1:${this.statusPort}/status`);
    return (await answer.json()) as Record<string, unknown>;
  }

  events(name: string): Record<string, unknown>[] {
    return this.lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ event }) => event === name);
  }
}
