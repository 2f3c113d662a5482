import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Machine, renderAll } from './render.ts';
import type { Settings } from './settings.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where Debian puts Asterisk; a test may have it elsewhere. */
const MODULES = '/usr/lib/x86_64-linux-gnu/asterisk/modules';
const DOCUMENTATION = '/usr/share/asterisk/documentation';
const SHIPPED = path.join(import.meta.dirname, 'etc');

export interface Prepared {
  readonly configFile: string;
  readonly managerSecret: string;
  readonly doorSecret: string;
}

/** Everything Asterisk reads and writes lies under the run directory, in memory: configuration, database, sockets. */
export function prepare(settings: Settings, env: Env): Prepared {
  const run = path.join(env['RUN_DIRECTORY'] ?? '/run/voicecell', 'server');
  rmSync(run, { recursive: true, force: true });
  const directories = { configDirectory: `${run}/etc`, dataDirectory: `${run}/data`, stateDirectory: `${run}/state` };
  for (const directory of Object.values(directories)) mkdirSync(directory, { recursive: true, mode: 0o750 });
  // Asterisk looks for sounds beside the descriptions of its own options, without which modules do not load.
  symlinkSync(env['ASTERISK_DOCUMENTATION'] ?? DOCUMENTATION, `${directories.dataDirectory}/documentation`);
  symlinkSync(
    env['PROMPT_DIRECTORY'] ?? path.join(import.meta.dirname, 'sounds'),
    `${directories.dataDirectory}/sounds`,
  );
  const machine = {
    ...directories,
    moduleDirectory: env['ASTERISK_MODULES'] ?? MODULES,
    managerSecret: randomBytes(24).toString('hex'),
  };
  writeFiles(settings, machine);
  return {
    configFile: `${machine.configDirectory}/asterisk.conf`,
    managerSecret: machine.managerSecret,
    doorSecret: doorSecret(run),
  };
}

function writeFiles(settings: Settings, machine: Machine): void {
  const shipped = Object.fromEntries(
    readdirSync(SHIPPED).map((name) => [name, readFileSync(path.join(SHIPPED, name), 'utf8')]),
  );
  for (const [name, text] of Object.entries(renderAll(shipped, settings, machine))) {
    writeFileSync(path.join(machine.configDirectory, name), text, { mode: 0o640 });
  }
}

/** The containers of a node share a user, and this file. */
function doorSecret(run: string): string {
  const secret = randomBytes(24).toString('hex');
  writeFileSync(path.join(run, '..', 'server-secret'), secret, { mode: 0o640 });
  return secret;
}
