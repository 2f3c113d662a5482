import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterTests } from './cleanup';
import type { Place } from './sip/peer';

export interface SippOptions {
  readonly from: Place;
  readonly to: Place;
  /** More of SIPp's arguments. */
  readonly args: readonly string[];
  readonly directory: string;
  readonly seconds?: number;
}

export interface SippResult {
  /** 0 if every call went as the scenario says, 1 if one did not. */
  readonly status: number | null;
  readonly output: string;
}

const settingsOf = ({ address, port }: Place): string[] =>
  `-i ${address} -p ${port} -mi ${address} -nostdin -skip_rlimit -timeout_error`.split(' ');

/** Runs SIPp to its end, which comes in `seconds` at the latest. */
export async function sipp({ from, to, args, directory, seconds = 30 }: SippOptions): Promise<SippResult> {
  const child = spawn('sipp', [...settingsOf(from), '-timeout', String(seconds), ...args, `${to.address}:${to.port}`], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  afterTests(() => child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [status] = (await once(child, 'exit')) as [number | null];
  return { status, output };
}
