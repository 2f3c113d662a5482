import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Daemon } from '../../lab/daemon';
import { freePort, freeRange } from '../../lab/ports';
import { CallerScript } from '../../lab/scenario';
import { until } from '../../lab/until';
import { REPLY_TONE } from '../latency/tones';
import type { Heard } from './heard';

export interface Line {
  readonly from: string;
  readonly to: { readonly address: string; readonly port: number };
  readonly number: string;
  readonly directory: string;
  /** The compiled talkers.c. */
  readonly talkers: string;
}

export interface Crowd {
  readonly calls: number;
  readonly holdSeconds: number;
}

export const CALLS_A_SECOND = 5;
/** What a caller says, and waits until saying it again: half of the time somebody speaks. */
export const TURN_EVERY_MS = 8_000;
const SPEECH = path.join(__dirname, '..', '..', 'test', 'media', 'agent', 'support', 'speech.ulaw');
/** "I would like to book an appointment"; bytes of 8 a millisecond. */
const SENTENCE = readFileSync(SPEECH).subarray(860 * 8, 3_160 * 8);

/** Many callers: one SIPp for what is signalled, one program for what is said and heard. */
export class Callers {
  private readonly sipp: Daemon;
  private readonly talkers: Daemon;

  private constructor(sipp: Daemon, talkers: Daemon) {
    this.sipp = sipp;
    this.talkers = talkers;
  }

  static async call({ from, to, number, directory, talkers }: Line, { calls, holdSeconds }: Crowd): Promise<Callers> {
    const own = mkdtempSync(path.join(directory, 'callers-'));
    const ports = await freeRange(2 * calls);
    const speech = path.join(own, 'speech.ulaw');
    writeFileSync(speech, SENTENCE);
    const sound = [from, ports.from, calls, speech, TURN_EVERY_MS, REPLY_TONE].map(String);
    const voices = new Daemon(talkers, sound);
    await voices.says('ready');
    const script = new CallerScript({ number }).invite({ rtpPort: '[field0]' }).answered();
    writeFileSync(
      path.join(own, 'caller.xml'),
      script
        .wait(holdSeconds * 1000)
        .bye()
        .xml(),
    );
    const lines = Array.from({ length: calls }, (_, at) => `${ports.from + 2 * at};\n`);
    writeFileSync(path.join(own, 'ports.csv'), `SEQUENTIAL\n${lines.join('')}`);
    const files = ['-sf', 'caller.xml', '-inf', 'ports.csv', '-i', from, '-p', String(await freePort()), '-nostdin'];
    const pace = ['-r', String(CALLS_A_SECOND), '-l', String(calls), '-m', String(calls)];
    return new Callers(new Daemon('sipp', [`${to.address}:${to.port}`, ...files, ...pace], { cwd: own }), voices);
  }

  get pids(): { readonly sipp: number; readonly talkers: number } {
    return { sipp: this.sipp.process.pid ?? 0, talkers: this.talkers.process.pid ?? 0 };
  }

  /** Every caller hears something. */
  async sounding(milliseconds: number): Promise<void> {
    await this.talkers.says(/^sound$/m, milliseconds).catch((cause: Error) => {
      throw new Error('not every caller heard something in time', { cause });
    });
  }

  begin(): void {
    this.talkers.process.stdin?.write('begin\n');
  }

  /** What each heard since it began, and the packet of theirs that left latest after its time. */
  async end(): Promise<{ readonly heard: Heard[]; readonly sentLateMs: number }> {
    this.talkers.process.stdin?.write('end\n');
    await this.talkers.says('sentLateUs');
    const said = this.talkers.lines().filter((line) => line.startsWith('{'));
    const { sentLateUs } = JSON.parse(said.pop() ?? '') as { sentLateUs: number };
    return { heard: said.map((line) => JSON.parse(line) as Heard), sentLateMs: sentLateUs / 1000 };
  }

  /** When the last has hung up; what went otherwise, if anything did. */
  async over(milliseconds: number): Promise<string | undefined> {
    await until('the callers to hang up', () => !this.sipp.isRunning, milliseconds);
    await this.talkers.stop();
    return this.sipp.process.exitCode === 0 ? undefined : `SIPp ended with ${this.sipp.process.exitCode}`;
  }

  async stop(): Promise<void> {
    await Promise.all([this.sipp.stop(), this.talkers.stop()]);
  }
}
