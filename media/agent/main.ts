import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { callsPerProcess, type Config, readConfig } from './config';
import { type Desk, nextWorker, status } from './doorman';
import { Minute } from './metrics';
import type { WorkerReport } from './worker';

const RESTART_MS = 1_000;
/** Helper threads of the collector have to be waited for, and a node's cores have other work: a pause of 2 ms became 80. */
const WORKER_FLAGS = ['--single-threaded-gc'];
const MINUTE_MS = 60_000;
const REFUSED = 'HTTP/1.1 503 Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

interface Worker {
  readonly process: ChildProcess;
  ready: boolean;
  calls: number;
}

/**
 * The doorman: takes the calls' connections and hands each to the process with the fewest calls, answers how the node is,
 * and lets it run empty. It touches no audio.
 */
class Doorman {
  private readonly config: Config;
  private readonly workers = new Map<number, Worker>();
  private readonly minute: Minute;
  private draining = false;
  private leaving = false;
  private ids = 0;

  public constructor(config: Config) {
    this.config = config;
    this.minute = new Minute(config);
  }

  public start(): void {
    for (let at = 0; at < this.config.PROCESSES; at += 1) this.hire();
    createServer({ pauseOnConnect: true }, (socket) => this.admit(socket)).listen(this.config.AUDIO_PORT, '127.0.0.1');
    this.serveStatus();
    setInterval(() => process.stdout.write(`${this.minute.line(status(this.desk()), Date.now())}\n`), MINUTE_MS);
    process.on('SIGTERM', () => this.leave());
    process.on('SIGINT', () => this.leave());
  }

  private desk(): Desk {
    const workers = [...this.workers].map(([id, { ready, calls }]) => ({ id, ready, calls }));
    const { NO_NEW_CALLS_FILE: full, LEAVING_FILE: leaving } = this.config;
    return {
      workers,
      full: full !== undefined && existsSync(full),
      leaving: leaving !== undefined && existsSync(leaving),
      draining: this.draining,
      cap: callsPerProcess(this.config),
      maxCalls: this.config.MAX_CALLS,
    };
  }

  private admit(socket: Socket): void {
    const worker = this.workers.get(nextWorker(this.desk()) ?? -1);
    if (!worker) {
      this.minute.refused();
      socket.end(REFUSED);
      return;
    }
    // Counted here at once: the process says so only when the call has begun.
    worker.calls += 1;
    worker.process.send('call', socket);
  }

  private hire(): void {
    const id = this.ids++;
    const child = fork(join(__dirname, 'worker.js'), { execArgv: WORKER_FLAGS });
    const worker: Worker = { process: child, ready: false, calls: 0 };
    this.workers.set(id, worker);
    child.on('message', ({ calls, ready, roundTripMs }: WorkerReport) => {
      if (calls !== undefined) worker.calls = calls;
      if (ready) worker.ready = true;
      if (roundTripMs !== undefined) this.minute.roundTrip(roundTripMs);
      this.leaveIfEmpty();
    });
    child.on('exit', () => {
      this.workers.delete(id);
      if (!this.leaving) setTimeout(() => this.hire(), RESTART_MS);
      this.leaveIfEmpty();
    });
  }

  private serveStatus(): void {
    createHttp((request, response) => {
      const now = status(this.desk());
      const answer = (code: number) => {
        response.writeHead(code, { 'content-type': 'application/json', connection: 'close' });
        response.end(JSON.stringify(now));
      };
      if (request.method === 'POST' && request.url === '/drain') return answer(this.drain(request.socket) ? 200 : 403);
      if (request.url === '/ready') return answer(now.capacity > 0 ? 200 : 503);
      return answer(request.url === '/status' || request.url === '/healthz' ? 200 : 404);
    }).listen(this.config.STATUS_PORT);
  }

  /** Only from this host: the edge reads this port too. */
  private drain({ remoteAddress = '' }: Socket): boolean {
    if (!/^(::ffff:)?127\.|^::1$/.test(remoteAddress)) return false;
    this.draining = true;
    return true;
  }

  private leave(): void {
    this.draining = true;
    this.leaving = true;
    this.leaveIfEmpty();
  }

  private leaveIfEmpty(): void {
    if (this.leaving && status(this.desk()).calls === 0) process.exit(0);
  }
}

const config = readConfig(process.env);
if ('problems' in config) {
  process.stderr.write(`${config.problems.join('\n')}\n`);
  process.exitCode = 2;
} else new Doorman(config).start();
