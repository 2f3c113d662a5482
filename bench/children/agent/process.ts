import { subscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';
import { Agent } from '../../../media/agent/agent';
import { callsPerProcess, readConfig } from '../../../media/agent/config';
import { rehearse } from '../../../media/agent/rehearsal';
import { type AgentMeasures, type Stamp, sharedMs } from './stamps';

/** One process of the agent, and when things left it: nothing else runs here, so that nothing else is measured. */
const config = readConfig(process.env);
if ('problems' in config) throw new Error(config.problems.join('; '));

const RESOLUTION_MS = 5;
const REHEARSED_WITHIN_MS = 5_000;
const DECISION = /"callId":"(\d+)".*"mark":"decision"/;
const stamps: Stamp[] = [];
const note = (what: Stamp['what'], who: number) => stamps.push({ what, who, at: sharedMs() });

const agent = new Agent(config, callsPerProcess(config), {
  line: (text) => {
    const line = DECISION.exec(text)?.[1];
    if (line !== undefined) note('decision', Number(line));
  },
  roundTrip: () => undefined,
  callsChanged: () => undefined,
});

subscribe('undici:client:sendHeaders', (message) => {
  const { socket } = message as { socket: Socket };
  note('request', socket.localPort ?? 0);
});

/** Frames of audio begin with this byte on a server's WebSocket; calls are dialled one after the other. */
const BINARY = 0x82;
let calls = 0;

function stamped(socket: Socket): Socket {
  const line = calls++;
  const write = socket.write.bind(socket) as (...all: unknown[]) => boolean;
  const watched = (chunk: Uint8Array, ...rest: unknown[]): boolean => {
    if (chunk[0] === BINARY && chunk.length < 10) note('frame', line);
    return write(chunk, ...rest);
  };
  return Object.assign(socket, { write: watched });
}

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
let longestGcMs = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longestGcMs = Math.max(longestGcMs, duration);
}).observe({ entryTypes: ['gc'] });

const http = createServer();
http.on('upgrade', (request, socket, head) => agent.upgrade(request, stamped(socket as Socket), head));

let before = process.cpuUsage();
process.on('message', (message) => {
  if (message === 'begin') {
    before = process.cpuUsage();
    longestGcMs = 0;
    delay.enable();
    return;
  }
  const { user, system } = process.cpuUsage(before);
  const loopDelayP99Ms = delay.percentile(99) / 1e6 - RESOLUTION_MS;
  const measures: AgentMeasures = { stamps, cpuMs: (user + system) / 1000, loopDelayP99Ms, longestGcMs };
  process.send?.(measures);
});
process.on('disconnect', () => process.exit(0));

// As media/agent/worker.ts begins.
void agent
  .start()
  .then(() => rehearse(config, REHEARSED_WITHIN_MS))
  .then(() => http.listen(0, '127.0.0.1', () => process.send?.((http.address() as AddressInfo).port)));
