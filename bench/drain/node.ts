import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { getPriority } from 'node:os';
import path from 'node:path';
import { Daemon } from '../../lab/daemon';
import { ASTERISK } from '../../lab/media-server';
import { until } from '../../lab/until';
import { type CallEvent, mediaContainers, type MediaInput, parseEvent } from '../../media/contract';
import { PORTS } from '../../media/contract/ports';
import type { Programs } from './programs';

export interface NodeOptions {
  /** Arguments of `ip` that run a command in the node's namespace. */
  readonly inside: (command: readonly string[]) => string[];
  readonly address: string;
  readonly edgeAddress: string;
  readonly folder: string;
  readonly prompts: string;
  readonly programs: Programs;
  readonly input: MediaInput;
  /** What the cell's stack adds to the contract, by container. */
  readonly fromTheStack: Readonly<Record<'recorder' | 'lifecycle', Readonly<Record<string, string>>>>;
}

/** A node that starts would do so on processors of its own, not on those of nodes with calls. */
const BEHIND = ['-n', '10'];

type Name = 'server' | 'agent' | 'recorder' | 'lifecycle';

/** A media node: its four containers, without the containers, with the contract's environment and ports. */
export class MediaNode {
  readonly address: string;
  readonly leavingFile: string;
  private readonly spool: string;
  private readonly daemons: ReadonlyMap<Name, Daemon>;

  constructor(options: NodeOptions) {
    this.address = options.address;
    const run = path.join(options.folder, 'run');
    this.leavingFile = path.join(run, 'leaving');
    this.spool = path.join(options.folder, 'spool');
    for (const directory of [run, this.spool, path.join(options.folder, 'adopted')])
      mkdirSync(directory, { recursive: true });
    const programs: Readonly<Record<Name, string>> = {
      server: path.join(options.programs.server, 'main.mjs'),
      agent: path.join(options.programs.agent, 'main.js'),
      recorder: path.join(options.programs.recorder, 'main.js'),
      lifecycle: path.join(options.programs.roster, 'media-node.js'),
    };
    const start = (name: Name) =>
      new Daemon('nice', [...BEHIND, 'ip', ...options.inside([process.execPath, programs[name]])], {
        env: envOf(name, options),
      });
    this.daemons = new Map((['server', 'agent', 'recorder', 'lifecycle'] as const).map((name) => [name, start(name)]));
  }

  async ready(): Promise<void> {
    await this.of('server').says('"ready"', 60_000);
    await this.of('agent').ready(async () => (await fetch(`http://${this.address}:${PORTS.status}/ready`)).ok, 60_000);
    const groups = [...this.daemons.values()].map(({ process: { pid } }) => String(pid));
    spawnSync('renice', ['-n', String(getPriority()), '-g', ...groups], { stdio: 'ignore' });
  }

  /** When it began to leave, Unix ms; undefined while it takes calls. */
  get leavingSince(): number | undefined {
    return statSync(this.leavingFile, { throwIfNoEntry: false })?.mtimeMs;
  }

  get hasAnswered(): boolean {
    return this.of('server').output.includes('"event":"call.answered"');
  }

  /** Calls of which the spool has anything: those in progress, and those that are not in the vault yet. */
  left(): string[] {
    const names = existsSync(this.spool) ? readdirSync(this.spool) : [];
    return [...new Set(names.filter((name) => name !== 'server.json').map((name) => name.split('.')[0] ?? ''))];
  }

  /** As ECS does: each container's first process is told, and waited for. False if one did not end. */
  async stop(milliseconds: number): Promise<boolean> {
    const { daemons } = this;
    for (const {
      process: { pid },
    } of daemons.values())
      if (pid !== undefined) tell(pid);
    const isOver = () => [...daemons.values()].every(({ isRunning }) => !isRunning);
    return until('the containers', isOver, milliseconds).catch(() => false);
  }

  kill(): void {
    for (const daemon of this.daemons.values()) daemon.signal('SIGKILL');
  }

  events(): CallEvent[] {
    return this.of('server')
      .lines()
      .filter((line) => line.startsWith('{"v"'))
      .flatMap((line) => {
        const parsed = parseEvent(line);
        return 'event' in parsed ? [parsed.event] : [];
      });
  }

  /** What its containers said last, for whoever looks for what went wrong. */
  said(): string {
    return [...this.daemons].map(([name, { output }]) => `== ${name}\n${output}`).join('\n');
  }

  private of(name: Name): Daemon {
    const daemon = this.daemons.get(name);
    if (!daemon) throw new Error(`no ${name}`);
    return daemon;
  }
}

function tell(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // It has ended by itself.
  }
}

function envOf(name: Name, options: NodeOptions): Record<string, string> {
  const { folder, address, edgeAddress, fromTheStack } = options;
  // As whoever the container is: nobody here hands out roles.
  const { WRITER_ROLE_ARN: _, ...contract }: Record<string, string> =
    mediaContainers(options.input).find((container) => container.name === name)?.env ?? {};
  const run = path.join(folder, 'run');
  const paths: Record<string, string> = {
    RUN_DIRECTORY: run,
    SPOOL_DIRECTORY: path.join(folder, 'spool'),
    ADOPTED_DIRECTORY: path.join(folder, 'adopted'),
    NO_NEW_CALLS_FILE: path.join(run, 'no-new-calls'),
    LEAVING_FILE: path.join(run, 'leaving'),
    SERVER_SECRET_FILE: path.join(run, 'server-secret'),
  };
  const own: Readonly<Record<Name, Readonly<Record<string, string>>>> = {
    server: { ...ASTERISK, SIP_ADDRESS: address, EDGE_CIDRS: `${edgeAddress}/32`, PROMPT_DIRECTORY: options.prompts },
    agent: { VAD: 'energy', PROCESSES: '1' },
    ...fromTheStack,
  };
  return { ...contract, ...paths, ...own[name] };
}
