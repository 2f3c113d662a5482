import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** An emulated AWS on loopback. */
export interface Moto {
  readonly url: string;
  /** Client options that send a request there, with credentials that mean nothing. */
  readonly client: {
    readonly endpoint: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: number;
  };
  stop(): Promise<void>;
}

/** Tests against the emulator run where `moto_server` is found, and under CI always. */
export function withMoto(name: string, tests: () => void): void {
  const present = spawnSync('moto_server', ['--version']).error === undefined;
  (present || process.env['CI'] === 'true' ? describe : describe.skip)(name, tests);
}

const START_TRIES = 150;

/** Starts stock `moto_server` on a free loopback port; ready when it answers. */
export async function startMoto(env: Readonly<Record<string, string>> = {}): Promise<Moto> {
  const port = await freePort();
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
  const url = `http://127.0.0.1:${port}`;
  await answering(`${url}/moto-api/data.json`, server);
  const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };
  return { url, client: { endpoint: url, credentials, maxAttempts: 1 }, stop: () => stopped(server) };
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, '127.0.0.1', resolve);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => {
    probe.close(resolve);
  });
  return port;
}

export async function answering(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < START_TRIES; tries += 1) {
    if (server.exitCode !== null) throw new Error(`the server of ${url} ended with ${server.exitCode}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer) return;
    await sleep(100);
  }
  throw new Error(`nothing answers at ${url}`);
}

export const stopped = (server: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve();
    server.once('exit', () => {
      resolve();
    });
    server.kill();
  });
