import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAgent } from '../../../../lab/agent';
import { modelFile } from '../../../../media/agent/vad/silero';
import type { FakeModels } from './fake-models';
import { environment } from './running-agent';

/** The programs as the image has them: bundled, and run by Node alone. */
export function buildPrograms(): string {
  const folder = mkdtempSync(join(tmpdir(), 'agent-programs-'));
  buildAgent(folder);
  return folder;
}

export interface NodeStatus {
  readonly calls: number;
  readonly capacity: number;
  readonly draining: boolean;
}

/** Whoever's agent it is: where it takes calls and where it says how it is. */
export interface AgentAddress {
  readonly audio: string;
  readonly status: string;
}

/** The agent's container, without the container. */
export class AgentProcess implements AgentAddress {
  public readonly child: ChildProcess;
  public readonly audio: string;
  public readonly status: string;
  public output = '';
  private readonly folder: string;
  private readonly env: Readonly<Record<string, string>>;

  private constructor(folder: string, env: Readonly<Record<string, string>>) {
    this.folder = folder;
    this.env = env;
    this.audio = `ws://127.0.0.1:${env['AUDIO_PORT']}/audio`;
    this.status = `http://127.0.0.1:${env['STATUS_PORT']}`;
    this.child = spawn(process.execPath, [join(folder, 'main.js')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.child.stdout?.on('data', (data: Buffer) => (this.output += data.toString()));
  }

  public static async start(
    folder: string,
    models: FakeModels,
    settings: Record<string, string> = {},
  ): Promise<AgentProcess> {
    const door = { url: 'http://127.0.0.1:9', secretFile: '/nowhere' };
    const all = { VAD: 'silero', SILERO_MODEL: modelFile(), PROCESSES: '2', MAX_CALLS: '2', ...settings };
    const agent = new AgentProcess(folder, {
      ...environment(models, { env: all }, door),
      AUDIO_PORT: String(await freePort()),
      STATUS_PORT: String(await freePort()),
      PATH: process.env['PATH'] ?? '',
    });
    await until(async () => (await statusOf(agent))?.capacity === Number(all.MAX_CALLS));
    return agent;
  }

  /** Runs one of the container's other programs; its exit code. */
  public run(program: string): number | null {
    return spawnSync(process.execPath, [join(this.folder, program)], { env: this.env }).status;
  }

  public stop(): void {
    this.child.kill('SIGKILL');
  }
}

export const remove = (folder: string): void => rmSync(folder, { recursive: true });

export async function statusOf({ status }: AgentAddress): Promise<NodeStatus | undefined> {
  return await fetch(`${status}/status`).then(
    async (response) => (await response.json()) as NodeStatus,
    () => undefined,
  );
}

export const codeOf = async ({ status }: AgentAddress, path: string, method = 'GET'): Promise<number> =>
  (await fetch(`${status}${path}`, { method })).status;

export async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited in vain: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
