import { Life, type LifeOptions, type Rest } from './lifecycle/life';
import type { Standing } from './proxy';
import type { SipDirectory } from './sip-directory/directory';
import { type Limits, sharesOf } from './sip-directory/shares';

export interface EdgeNodeOptions extends LifeOptions {
  readonly directory: Pick<SipDirectory, 'keep' | 'ids'>;
  readonly proxy: {
    readonly tellLeaving: (leaving: boolean) => Promise<boolean>;
    readonly tellShare: (share: Limits) => Promise<boolean>;
    readonly standing: () => Promise<Standing>;
    readonly calls: () => Promise<Rest>;
  };
  readonly carriers: readonly Limits[];
  /** This node's id in the directory. */
  readonly id: string;
  readonly warn: (message: string) => void;
}

/** One edge node: its own life, told to the proxy and AWS, its place in the directory and its share of the carriers. */
export class EdgeNode {
  private readonly options: EdgeNodeOptions;
  private readonly life: Life;

  constructor(options: EdgeNodeOptions) {
    this.options = options;
    const { tellLeaving, calls } = options.proxy;
    this.life = new Life(options, { tellLeaving, rest: calls });
  }

  get isOver(): boolean {
    return this.life.isOver;
  }

  stop(): void {
    this.life.stop();
  }

  /** Nothing that fails in it keeps the rest from being done. */
  async look(): Promise<void> {
    await this.attempt('lifecycle', () => this.life.look());
    await this.attempt('directory', async () => this.options.directory.keep(await this.options.proxy.standing()));
    await this.attempt('shares', () => this.tellShares());
  }

  private async tellShares(): Promise<void> {
    const { carriers, directory, id, proxy } = this.options;
    for (const share of sharesOf(carriers, directory.ids, id) ?? []) await proxy.tellShare(share);
  }

  private async attempt(what: string, task: () => Promise<void>): Promise<void> {
    await task().catch((error: Error) => this.options.warn(`${what}: ${error.message}`));
  }
}
