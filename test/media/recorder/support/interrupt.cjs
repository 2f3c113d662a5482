/**
 * Loaded before the recorder: its clock runs `FASTER` times as fast, and at the file operation `KILL_AT` it dies as by a power
 * cut, before an even one, after an odd one. Silence on a socket is over `FASTER_SOCKETS` times as fast. To `SYNC_LOG` goes what
 * of which file is on the disk. The recorder knows nothing of it.
 */
const promises = require('node:fs/promises');
const timers = require('node:timers/promises');

const { appendFileSync, fstatSync } = require('node:fs');
const { Socket } = require('node:net');

const faster = Number(process.env.FASTER ?? 1);
const killAt = Number(process.env.KILL_AT ?? -1);

const now = performance.now.bind(performance);
performance.now = () => now() * faster;
const { setTimeout: wait } = timers;
timers.setTimeout = (ms, ...rest) => wait(ms / faster, ...rest);

const fasterSockets = Number(process.env.FASTER_SOCKETS ?? 1);
const silence = Reflect.get(Socket.prototype, 'setTimeout');
Socket.prototype.setTimeout = function (ms, ...rest) {
  return silence.call(this, ms / fasterSockets, ...rest);
};

let moment = 0;
const passes = () => {
  if (moment === killAt) process.kill(process.pid, 'SIGKILL');
  moment += 1;
};

for (const name of ['rename', 'rm', 'open']) {
  const original = promises[name];
  promises[name] = async (file, ...rest) => {
    // The mark of a full disk is none of a call's.
    if (!String(file).includes('/spool/') && !String(file).includes('/adopted/')) return original(file, ...rest);
    passes();
    const answer = await original(file, ...rest);
    passes();
    return answer;
  };
}

const syncLog = process.env.SYNC_LOG;
if (syncLog) {
  const { open } = promises;
  promises.open = async (file, ...rest) => {
    const handle = await open(file, ...rest);
    const datasync = handle.datasync.bind(handle);
    handle.datasync = async () => {
      const { size } = fstatSync(handle.fd);
      await datasync();
      appendFileSync(syncLog, `${JSON.stringify({ file: String(file), size })}\n`);
    };
    return handle;
  };
}
