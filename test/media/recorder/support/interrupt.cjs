/**
 * Loaded before the recorder: its clock runs `FASTER` times as fast, and at the file operation `KILL_AT` it dies as by a power
 * cut, before an even one, after an odd one. The recorder knows nothing of it.
 */
const promises = require('node:fs/promises');
const timers = require('node:timers/promises');

const faster = Number(process.env.FASTER ?? 1);
const killAt = Number(process.env.KILL_AT ?? -1);

const now = performance.now.bind(performance);
performance.now = () => now() * faster;
const { setTimeout: wait } = timers;
timers.setTimeout = (ms, ...rest) => wait(ms / faster, ...rest);

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
