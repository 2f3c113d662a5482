import { storesOf } from '../../../../media/recorder/clients';
import { Recorder } from '../../../../media/recorder/recorder';
import type { Stores } from '../../../../media/recorder/store-call';
import { readSettings } from '../../../../media/recorder/settings';
import { recorderEnv } from './recorder-process';
import type { FakeStores } from './fake-stores';
import type { TestSpool } from './spool';

/** Requests have to be signed, by whomever. */
Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' });

/** The recorder in this process, whose time is the test's. */
export class RunningRecorder {
  readonly lines: Record<string, unknown>[] = [];
  readonly recorder: Recorder;
  readonly stores: Stores;
  private time = 0;

  static against(spool: TestSpool, fake: FakeStores): RunningRecorder {
    const settings = readSettings(recorderEnv(spool, fake, 1));
    if ('problems' in settings) throw new Error(settings.problems.join('\n'));
    return new RunningRecorder(spool, storesOf(settings));
  }

  constructor(spool: TestSpool, stores: Stores) {
    this.stores = stores;
    this.recorder = new Recorder(
      { spool: spool.root, adopted: spool.adopted, parallel: 4 },
      {
        stores: this.stores,
        write: (line) => void this.lines.push(JSON.parse(line) as Record<string, unknown>),
        now: () => this.time,
        wallClock: () => new Date('2026-11-22T10:00:00.000Z'),
      },
    );
  }

  pass(seconds: number): void {
    this.time += seconds * 1000;
  }

  /** Looks, lets the spool settle and what is taken come to an end. */
  async settle(seconds = 5): Promise<void> {
    await this.recorder.look();
    this.pass(seconds);
    await this.recorder.look();
    while (this.recorder.isBusy) await new Promise((resolve) => setImmediate(resolve));
  }

  events(name: string): Record<string, unknown>[] {
    return this.lines.filter(({ event }) => event === name);
  }
}
