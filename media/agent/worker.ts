import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { Agent } from './agent';
import { callsPerProcess, readConfig } from './config';
import { rehearse } from './rehearsal';

/** One process of the agent: gets its calls' sockets from the doorman (main.ts), tells it how many it has. */
export interface WorkerReport {
  readonly calls?: number;
  readonly roundTripMs?: number;
  readonly ready?: true;
}

const CALL_WITHIN_MS = 2_000;
const REHEARSED_WITHIN_MS = 5_000;

const config = readConfig(process.env);
if ('problems' in config) throw new Error(config.problems.join('; '));

// A doorman that is gone is noticed at its disconnection.
const report = (message: WorkerReport) => void process.send?.(message, undefined, {}, () => undefined);
const agent = new Agent(config, callsPerProcess(config), {
  line: (text) => void process.stdout.write(`${text}\n`),
  roundTrip: (roundTripMs) => report({ roundTripMs }),
  callsChanged: (calls) => report({ calls }),
});

// It listens nowhere: whoever connects was let in by the doorman.
const http = createServer((_, response) => response.writeHead(426, { connection: 'close' }).end());
http.on('upgrade', (request, socket, head) => {
  (socket as Socket).setTimeout(0);
  agent.upgrade(request, socket, head);
});

process.on('message', (message, socket) => {
  if (message !== 'call' || !socket) return;
  const connection = socket as Socket;
  // One that never became a call is not counted as one for ever.
  connection.once('close', () => report({ calls: agent.calls }));
  connection.setTimeout(CALL_WITHIN_MS, () => connection.destroy());
  http.emit('connection', connection);
  connection.resume();
});
// Without its doorman no call can be counted or drained.
process.on('disconnect', () => process.exit(1));

void agent
  .start()
  .then(() => rehearse(config, REHEARSED_WITHIN_MS))
  .then(() => report({ ready: true, calls: 0 }));
