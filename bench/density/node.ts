import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Cell } from '../../lab/cell';
import { atEnd } from '../../lab/cleanup';
import { Daemon } from '../../lab/daemon';
import { until } from '../../lab/until';
import { FakeStores } from '../../test/media/recorder/support/fake-stores';
import { RecorderProcess } from '../../test/media/recorder/support/recorder-process';
import { TestSpool } from '../../test/media/recorder/support/spool';
import { processesNow, type Roots } from './cpu';
import type { Recording } from './verdict';

export const NUMBER = '+12025550111';
export const CARRIER = '127.0.0.11';
const ADDRESSES = { edge: '127.0.0.2', server: '127.0.0.3', carrier: CARRIER };
const LINE = {
  number: NUMBER,
  function: 'clinic',
  persona: 'calm',
  language: 'en-US',
  queue: 'desk',
  greeting: 'Hello.',
};
const HEADER_BYTES = 44;
/** Stereo, 16 bit, 8 kHz. */
const BYTES_A_SECOND = 32_000;

/** A cell with its recorder, the models it asks and the stores it fills. */
export class RecordedCell {
  public readonly cell: Cell;
  private readonly models: Daemon;
  private readonly recorder: RecorderProcess;
  private readonly stores: FakeStores;
  private eventsBefore = 0;

  private constructor(cell: Cell, models: Daemon, recorder: RecorderProcess, stores: FakeStores) {
    this.cell = cell;
    this.models = models;
    this.recorder = recorder;
    this.stores = stores;
  }

  public static async start(calls: number): Promise<RecordedCell> {
    const models = new Daemon(process.execPath, ['--import', 'tsx', path.join(__dirname, 'models.ts')]);
    await models.says(/^port \d+$/m);
    const url = `http://127.0.0.1:${/^port (\d+)$/m.exec(models.output)?.[1]}`;
    const speech = { stt: url, llm: url, tts: url };
    const cell = await Cell.start({ addresses: ADDRESSES, numbers: [LINE], speech, calls });
    const stores = await FakeStores.start();
    const spool = new TestSpool(cell.server.spool);
    const recorder = await RecorderProcess.start(spool, stores);
    atEnd(async () => {
      await recorder.kill();
      await stores.stop();
      spool.remove();
    });
    return new RecordedCell(cell, models, recorder, stores);
  }

  /** Who does what: a process counts for the nearest of these. */
  public roots(): Roots {
    const { edge, server, agent } = this.cell;
    const asterisk = processesNow().find(({ parent, pid }) => parent === server.pid && isAsterisk(pid));
    return {
      kamailio: edge.kamailio.process.pid ?? 0,
      rtpengine: edge.rtpengine.process.pid ?? 0,
      asterisk: asterisk?.pid ?? 0,
      warden: server.pid,
      agent: agent.pid,
      recorder: this.recorder.child.pid ?? 0,
      models: this.models.process.pid ?? 0,
      bench: process.pid,
    };
  }

  /** Whatever came before is no part of what is asked from now on. */
  public forget(): void {
    this.eventsBefore = this.cell.server.events().length;
    this.stores.forgetCalls();
  }

  /** Until that many calls are in the vault, or no more come. */
  public async stored(calls: number, milliseconds: number): Promise<void> {
    const done = () => [...this.stores.rows.values()].filter(({ item }) => item === 'call').length >= calls;
    await until('the recorder', done, milliseconds).catch(() => undefined);
  }

  /** Calls that were broken off end too, sooner or later. */
  public async empty(milliseconds: number): Promise<void> {
    const gone = async () => (await this.recorder.status())['waiting'] === 0;
    await until('an empty spool', gone, milliseconds).catch(() => undefined);
  }

  /** Of every call that was answered: from the answer to the end, and what is stored of it. */
  public recordings(): Recording[] {
    const events = this.cell.server.events().slice(this.eventsBefore);
    const ends = new Map(
      events.filter(({ event }) => event === 'call.ended').map(({ callId, at }) => [callId, Date.parse(at)]),
    );
    return this.answered().map(({ callId, at }) => ({
      seconds: ((ends.get(callId) ?? Number.NaN) - Date.parse(at)) / 1000,
      storedSeconds: this.storedSeconds(callId),
    }));
  }

  /** Calls in which the agent had words of the caller's to answer. */
  public understood(): number {
    return this.answered().filter(({ callId }) =>
      this.cell.agent.events(callId).some((one) => one.event === 'turn.mark' && one.mark === 'llm-first-token'),
    ).length;
  }

  /** Calls that the caller did not end. */
  public cut(): number {
    const events = this.cell.server.events().slice(this.eventsBefore);
    return events.filter((one) => one.event === 'call.ended' && one.by !== 'caller').length;
  }

  private answered() {
    const events = this.cell.server.events().slice(this.eventsBefore);
    return events.filter(({ event }) => event === 'call.answered');
  }

  private storedSeconds(callId: string): number {
    const bytes = Number(this.stores.row(callId, 'recording#1')?.['bytes'] ?? HEADER_BYTES);
    return (bytes - HEADER_BYTES) / BYTES_A_SECOND;
  }
}

/** By its command: started by a loader, it has the loader's name. */
const isAsterisk = (pid: number): boolean => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('asterisk.conf');
