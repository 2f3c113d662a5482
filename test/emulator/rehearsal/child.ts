import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

const VOICECELL = path.join(__dirname, '..', '..', '..', 'bin', 'voicecell');
const LONGEST_MS = 150_000;
const TOLD_LINES = 25;

/** A command of the kit or of the CDK ended otherwise than it should. */
export class ChildFailed extends Error {}

/** How children are run. */
export interface Surroundings {
  /** Where they stand, and write what they write. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export interface Ended {
  readonly code: number | null;
  /** Both streams as they came: evidence of nothing, shown when something fails. */
  readonly text: string;
}

/** The kit's own command, as a user types it. */
export const voicecell = (args: readonly string[], around: Surroundings): Promise<Ended> =>
  run(VOICECELL, args, around);

/** The CDK CLI of the kit. */
export const cdk = (args: readonly string[], around: Surroundings): Promise<Ended> =>
  run(require.resolve('aws-cdk/bin/cdk'), args, around);

/** @throws ChildFailed with the end of what was said, where the reason is */
export async function succeeded(what: string, ending: Promise<Ended>): Promise<void> {
  const { code, text } = await ending;
  if (code === 0) return;
  const last = text.trimEnd().split('\n').slice(-TOLD_LINES).join('\n');
  const how = code === null ? `was stopped, as is what runs ${LONGEST_MS / 1000} s` : `ended with ${code}`;
  throw new ChildFailed(`${what} ${how}:\n${last}`);
}

function run(script: string, args: readonly string[], { folder, env, signal }: Surroundings): Promise<Ended> {
  signal.throwIfAborted();
  // A group of its own: the kit's command starts the CLI, which starts the app, and all of them must go.
  const child = spawn(process.execPath, [script, ...args], {
    cwd: folder,
    // The CLI remembers there which account a key belongs to.
    env: { ...process.env, ...QUIET, CDK_HOME: path.join(folder, '.cdk'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const end = () => endGroup(child);
  signal.addEventListener('abort', end);
  const tooLong = setTimeout(end, LONGEST_MS);
  return ended(child).finally(() => {
    clearTimeout(tooLong);
    signal.removeEventListener('abort', end);
  });
}

/**
 * Without the look-ups on the network that tell of versions and notices, and without the CDK's validator of templates:
 * five times 12 s for the same templates that `npm start` has it look at. The kit's own checks run every time.
 */
const QUIET = {
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  CDK_DISABLE_VERSION_CHECK: '1',
  CDK_VALIDATION: 'false',
  NODE_NO_WARNINGS: '1',
  CI: 'true',
};

function ended(child: ChildProcess): Promise<Ended> {
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, text: Buffer.concat(chunks).toString() }));
  });
}

function endGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGTERM');
}
