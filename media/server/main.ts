import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { openDoor } from './door.ts';
import { prepare } from './machine.ts';
import { promptIdOf } from './prompt-id.ts';
import { readSettings } from './settings.ts';
import { Spool } from './spool.ts';
import { Warden } from './warden.ts';

/** Renders the configuration, runs Asterisk and stands beside it until it ends. SIGTERM drains: running calls end by themselves. */
const ASTERISK = process.env['ASTERISK'] ?? 'asterisk';
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const settings = readSettings(process.env);
if ('problems' in settings) {
  say(JSON.stringify({ tier: 'media', level: 'error', problems: settings.problems }));
  process.exit(2);
}
const spool = new Spool(
  settings.spoolDirectory,
  {
    consentMode: settings.consent.mode,
    promptId: promptIdOf(path.join(import.meta.dirname, 'prompts'), settings.consent.mode),
  },
  (problem) => say(JSON.stringify({ tier: 'media', level: 'error', problems: [problem] })),
);
spool.open();
const { configFile, managerSecret, doorSecret } = prepare(settings, process.env);
const asterisk = spawn(ASTERISK, ['-f', '-C', configFile], { stdio: ['ignore', 'inherit', 'inherit'] });
asterisk.on('error', (error) => {
  say(JSON.stringify({ tier: 'media', level: 'error', problems: [error.message] }));
  process.exit(2);
});
// A node without its media server is none: the container ends with it.
asterisk.on('exit', (code) => {
  spool.close();
  process.exit(code ?? 1);
});
const drain = () => spawnSync(ASTERISK, ['-C', configFile, '-rx', 'core stop gracefully'], { stdio: 'ignore' });
process.on('SIGTERM', drain);
process.on('SIGINT', drain);

const warden = new Warden(settings, spool, say);
await warden.connect(managerSecret);
await openDoor(settings.doorPort, doorSecret, warden);
say(JSON.stringify({ tier: 'media', level: 'info', message: 'ready' }));
