import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { type AgentAddress, freePort, statusOf, until } from './agent-process';

/** An agent that is not the kit's, started as the node starts whatever agent it is given. */
export class OtherAgent implements AgentAddress {
  public readonly audio: string;
  public readonly status: string;
  private readonly child: ChildProcess;

  private constructor(env: Readonly<Record<string, string>>) {
    this.audio = `ws://127.0.0.1:${env['AUDIO_PORT']}/audio`;
    this.status = `http://127.0.0.1:${env['STATUS_PORT']}`;
    this.child = spawn(process.execPath, [join(__dirname, 'beeper.js')], { env, stdio: 'inherit' });
  }

  public static async start(number: string, files: Readonly<Record<string, string>>): Promise<OtherAgent> {
    const [audio, status] = [await freePort(), await freePort()];
    const settings = { MAX_CALLS: '2', NUMBERS: JSON.stringify([{ number }]), ...files };
    const ports = { AUDIO_PORT: String(audio), STATUS_PORT: String(status) };
    const agent = new OtherAgent({ ...settings, ...ports, PATH: process.env['PATH'] ?? '' });
    await until(async () => (await statusOf(agent)) !== undefined);
    return agent;
  }

  public stop(): void {
    this.child.kill('SIGKILL');
  }
}
