import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { FakeEcs, FakeTask } from '../../support/fake-ecs';
import { FakeStores } from '../../media/recorder/support/fake-stores';
import { RecorderProcess } from '../../media/recorder/support/recorder-process';
import { TestSpool } from '../../media/recorder/support/spool';
import { METRICS } from '../../../media/contract';
import { holdEnv } from '../../../media/contract/lifecycle';
import { afterTests } from './cleanup';
import { Daemon } from './daemon';
import { MediaServer } from './media-server';
import { until } from './until';

const LIFECYCLE = path.join(__dirname, '..', '..', '..', 'media', 'roster', 'media-node.ts');

export interface MediaTaskOptions {
  /** Above those of other tasks. */
  readonly directory: string;
  readonly prompts: string;
  readonly ecs: FakeEcs;
  readonly task: FakeTask;
  /** Of the media server. */
  readonly env?: Readonly<Record<string, string>>;
  /** Of the container `lifecycle`. */
  readonly lifecycle?: Readonly<Record<string, string>>;
}

/** Media server, recorder and what holds their node, each the program that ships; the agent is the test's. */
export class MediaTask {
  readonly server: MediaServer;
  readonly stores: FakeStores;
  readonly recorder: RecorderProcess;
  readonly leavingFile: string;
  readonly task: FakeTask;
  private readonly options: MediaTaskOptions;
  private holding: Daemon;

  private constructor(server: MediaServer, stores: FakeStores, recorder: RecorderProcess, options: MediaTaskOptions) {
    this.server = server;
    this.stores = stores;
    this.recorder = recorder;
    this.task = options.task;
    this.leavingFile = path.join(path.dirname(server.spool), 'run', 'leaving');
    this.options = options;
    this.holding = this.hold();
  }

  static async start(options: MediaTaskOptions): Promise<MediaTask> {
    const directory = path.join(options.directory, options.task.name);
    mkdirSync(directory);
    const server = await MediaServer.start({ directory, prompts: options.prompts, env: options.env });
    const stores = await FakeStores.start();
    const spool = new TestSpool(server.spool);
    const recorder = await RecorderProcess.start(spool, stores);
    afterTests(async () => {
      await recorder.kill();
      await stores.stop();
      spool.remove();
    });
    const isEmpty = async () => (await recorder.status())['waiting'] === 0;
    await until('the recorder', () => isEmpty().catch(() => false), 30_000);
    return new MediaTask(server, stores, recorder, options);
  }

  get holder(): Daemon {
    return this.holding;
  }

  /** As ECS does with a container that has died. */
  async killAndStartHolder(): Promise<void> {
    const ended = once(this.holding.process, 'exit');
    this.holding.signal('SIGKILL');
    await ended;
    this.holding = this.hold();
  }

  get isLeaving(): boolean {
    return existsSync(this.leavingFile);
  }

  /** Times it said that AWS did not let it hold itself. */
  get failures(): number {
    return this.holder.lines().filter((line) => line.includes(`"${METRICS.holdFailures}":1`)).length;
  }

  private hold(): Daemon {
    const { ecs, task, lifecycle } = this.options;
    const env = { ...ecs.envOf(task), ...this.env(), ...lifecycle };
    return new Daemon(process.execPath, ['--import', 'tsx', LIFECYCLE], { env });
  }

  private env(): Record<string, string> {
    return {
      ...holdEnv(60),
      VOICECELL_DEPLOYMENT: 'test',
      VOICECELL_CELL: 'use1-az4',
      METRICS_NAMESPACE: METRICS.namespace,
      AUTO_SCALING_GROUP: 'cell-media',
      DRAIN_HOOK: 'voicecell-drain',
      SERVER_URL: this.server.door.url,
      SERVER_SECRET_FILE: this.server.door.secretFile,
      RECORDER_URL: `http://127.0.0.1:${this.recorder.statusPort}`,
      LEAVING_FILE: this.leavingFile,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    };
  }
}
