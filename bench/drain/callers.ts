import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Daemon } from '../../lab/daemon';
import { until } from '../../lab/until';
import type { PlacedCall } from './accounts';
import { lengthsOf, SPARE } from './load';
import { portOf } from './phones';

const CALLS_A_SECOND = 10;
const OWN_PORT = 5070;
const SCENARIO = path.join(__dirname, 'caller.xml');
const EVENT = /^(invite|answered|bye|over) (\S+) (\d+) .*?(\d{10}\.\d+)$/;

export interface CallersOptions {
  readonly folder: string;
  readonly from: string;
  readonly to: { readonly address: string; readonly port: number };
  /** In progress at any time, and a few more: one that ends is followed by the next. */
  readonly atOnce: number;
  readonly phones: number;
}

/** SIPp with many callers at once, each as long as its line says. */
export class Callers {
  private readonly sipp: Daemon;
  private readonly log: string;

  constructor({ folder, from, to, atOnce, phones }: CallersOptions) {
    mkdirSync(folder, { recursive: true });
    this.log = path.join(folder, 'log.txt');
    const lines = lengthsOf(SPARE).map((length, call) => `${portOf(call % phones)};${length};\n`);
    writeFileSync(path.join(folder, 'calls.csv'), `SEQUENTIAL\n${lines.join('')}`);
    const load = `-l ${atOnce} -r ${CALLS_A_SECOND} -m ${SPARE} -inf calls.csv -i ${from} -p ${OWN_PORT}`.split(' ');
    const traces = '-trace_logs -log_file log.txt -trace_err -error_file errors.txt -nostdin -skip_rlimit'.split(' ');
    const args = [`${to.address}:${to.port}`, '-sf', SCENARIO, ...load, ...traces];
    this.sipp = new Daemon('sipp', args, { cwd: folder });
  }

  get isRunning(): boolean {
    return this.sipp.isRunning;
  }

  /** No new calls; those in progress come to their own end. */
  async finish(milliseconds: number): Promise<void> {
    this.sipp.signal('SIGUSR1');
    await until('the last calls', () => !this.sipp.isRunning, milliseconds);
  }

  /** As the callers saw them, each from its INVITE on. */
  calls(): PlacedCall[] {
    const calls = new Map<string, { id: string; port: number; [what: string]: string | number }>();
    for (const line of readFileSync(this.log, 'utf8').split('\n')) {
      const [, what = '', id = '', port, seconds] = EVENT.exec(line) ?? [];
      if (what !== '') calls.set(id, { ...calls.get(id), id, port: Number(port), [what]: Number(seconds) * 1_000 });
    }
    return [...calls.values()] as unknown as PlacedCall[];
  }
}
