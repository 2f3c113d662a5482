import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { mediaContainers, type MediaInput, type NumberFunction } from '../media/contract';
import { AgentNode, buildAgent } from './agent';
import { Edge } from './edge';
import { mediaInput, plainCarrierAt } from './inputs';
import { MediaServer } from './media-server';
import { freePort } from './ports';
import { renderPrompts } from './prompts';
import { temporaryDirectory } from './temporary';
import { until } from './until';

export interface CellOptions {
  readonly addresses: { readonly edge: string; readonly server: string; readonly carrier: string };
  readonly numbers: readonly NumberFunction[];
  readonly speech: MediaInput['inference'];
  /**
   * At once.
   * @default 40
   */
  readonly calls?: number;
  /** Of the agent, on top of what the contract states. */
  readonly agentEnv?: Readonly<Record<string, string>>;
}

/** A cell on this machine: edge, media server and agent as their images start them, with the contract's environment. */
export class Cell {
  public readonly edge: Edge;
  public readonly server: MediaServer;
  private readonly programs: string;
  private readonly options: CellOptions;
  private running: AgentNode | undefined;

  private constructor(edge: Edge, server: MediaServer, programs: string, options: CellOptions) {
    this.edge = edge;
    this.server = server;
    this.programs = programs;
    this.options = options;
  }

  public static async start(options: CellOptions): Promise<Cell> {
    const { addresses, calls } = options;
    const directory = temporaryDirectory();
    const edge = await Edge.start({
      carriers: [plainCarrierAt(addresses.carrier, calls)],
      ...(calls === undefined ? {} : { calls }),
      address: addresses.edge,
      publicAddress: addresses.edge,
    });
    const server = await startServer(directory, options);
    const cell = new Cell(edge, server, path.join(directory, 'agent'), options);
    buildAgent(cell.programs);
    await cell.startAgent(options.speech, options.agentEnv);
    await cell.listNode();
    return cell;
  }

  public get agent(): AgentNode {
    if (!this.running) throw new Error('no agent runs');
    return this.running;
  }

  /** Another agent in place of the one that runs. */
  public async startAgent(speech: MediaInput['inference'], env: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.running?.stop();
    const { url, secretFile } = this.server.door;
    this.running = await AgentNode.start(this.programs, {
      ...contractEnv('agent', { ...this.options, speech }),
      SERVER_URL: url,
      SERVER_SECRET_FILE: secretFile,
      SPOOL_DIRECTORY: this.server.spool,
      AUDIO_PORT: String(this.server.agentPort),
      STATUS_PORT: String(await freePort()),
      ...env,
    });
  }

  /** What the roster does in a cell. */
  private async listNode(): Promise<void> {
    this.edge.writeList([`1 sip:${this.server.address}:${this.server.port}`]);
    await this.edge.rpc('dispatcher.reload');
    await until('the edge to see its node', async () => (await this.edge.get('/ready')).status === 200, 15_000);
  }
}

async function startServer(directory: string, options: CellOptions): Promise<MediaServer> {
  mkdirSync(directory, { recursive: true });
  const { edge, server } = options.addresses;
  const { MAX_CALLS = '', MAX_CALL_SECONDS = '', NUMBERS = '' } = contractEnv('server', options);
  return await MediaServer.start({
    directory,
    prompts: renderPrompts(directory),
    env: { SIP_ADDRESS: server, EDGE_CIDRS: `${edge}/32`, MAX_CALLS, MAX_CALL_SECONDS, NUMBERS },
  });
}

function contractEnv(name: 'server' | 'agent', { numbers, speech, calls }: CellOptions): Record<string, string> {
  const containers = mediaContainers(mediaInput(numbers, speech, calls));
  return { ...containers.find((container) => container.name === name)?.env };
}
