import { spawn } from 'node:child_process';
import path from 'node:path';
import { answering, freePort, stopped, type Moto } from '../support/moto';
import { findPython } from './python';

/** Something of the deployed templates that the emulated account does not prove. */
export interface Limit {
  /** Type of the resources, such as `AWS::ECS::Service`. */
  readonly type: string;
  /** Property. */
  readonly what: string;
  readonly why: string;
  /** Resources that it happened to. */
  readonly times: number;
}

export interface EmulatorReport {
  /** Nowhere in the account. */
  readonly notModelled: readonly Limit[];
  /** To be read by API because the emulator wrote it there, not because a service took it. */
  readonly copied: readonly Limit[];
}

/** An AWS account on loopback whose CloudFormation fails where it does not model something. */
export interface Emulator extends Moto {
  /** Sends a child process there, with credentials that mean nothing and no way to real ones. */
  readonly env: Readonly<Record<string, string>>;
  report(): Promise<EmulatorReport>;
}

/** There is no Python with moto, and none could be had; the message says how to get it. */
export class NoEmulator extends Error {}

const SERVER = path.join(__dirname, 'server.py');
const CREDENTIALS = { accessKeyId: 'testing', secretAccessKey: 'testing' };

export interface EmulatorProps {
  readonly accountId: string;
  /**
   * Hears of what takes long.
   * @default nobody
   */
  readonly tell?: (line: string) => void;
}

/**
 * Starts it on a free port; ready when it answers.
 * @throws {NoEmulator} when there is no Python with moto
 */
export async function startEmulator({ accountId, tell = () => {} }: EmulatorProps): Promise<Emulator> {
  const python = findPython(tell);
  if (!python.ok) throw new NoEmulator(python.problem);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(python.command, ['-W', 'ignore', SERVER, String(port)], {
    // Its standard input ends with this process.
    stdio: ['pipe', 'ignore', 'inherit'],
    // A terminal's interrupt is for this process, which stops the server when nothing needs it any more.
    detached: true,
    env: { ...process.env, MOTO_ACCOUNT_ID: accountId, PYTHONDONTWRITEBYTECODE: '1' },
  });
  await answering(`${url}/voicecell/report`, server);
  return {
    url,
    env: environmentOf(url),
    client: { endpoint: url, credentials: CREDENTIALS, maxAttempts: 1 },
    report: async () => (await (await fetch(`${url}/voicecell/report`)).json()) as EmulatorReport,
    stop: () => stopped(server),
  };
}

const environmentOf = (url: string): Record<string, string> => ({
  AWS_ENDPOINT_URL: url,
  // What the CDK CLI tells CloudFormation of a template's place; moto reads a path-style address only of this host.
  AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION: url.replace('127.0.0.1', 'localhost'),
  AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  AWS_SESSION_TOKEN: '',
  AWS_PROFILE: '',
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
});
