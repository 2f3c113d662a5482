import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { problemLine } from './events';
import type { Outside } from './taker';
import { Watched } from './watched';

export interface Places {
  readonly spool: string;
  /** Volumes of nodes that are gone, a folder each. */
  readonly adopted: string;
}

/** The node's own calls do not wait longer than this for the look at a volume that was adopted. */
const PATIENCE_MS = 2_000;
/** More than a look at tens of thousands of calls takes. */
const SILENT_MS = 60_000;

/** The node's own spool and those that it has adopted. */
export class Spools {
  readonly own: Watched;
  private readonly places: Places;
  private readonly outside: Pick<Outside, 'now' | 'write'>;
  private adopted = new Map<string, Watched>();
  private readonly told = new Set<string>();

  constructor(places: Places, outside: Pick<Outside, 'now' | 'write'>) {
    this.places = places;
    this.outside = outside;
    this.own = new Watched(places.spool, true, outside.now);
  }

  /** The own one first. */
  get all(): readonly Watched[] {
    return [this.own, ...this.adopted.values()];
  }

  /** How long a spool has not been seen for that should have been, milliseconds: nobody knows what waits in it. */
  get silentMs(): number {
    const longest = Math.max(...this.all.map(({ silentMs }) => silentMs));
    return longest > SILENT_MS ? longest : 0;
  }

  /** @throws whatever the own one cannot be looked at for */
  async look(): Promise<void> {
    await this.findAdopted();
    const others = [...this.adopted.values()].map((spool) => spool.lookFor(PATIENCE_MS));
    try {
      await Promise.all([this.own.look(), ...others]);
    } finally {
      this.tellSilent();
    }
  }

  private async findAdopted(): Promise<void> {
    const names = await readdir(this.places.adopted).catch(() => []);
    const known = (name: string): Watched =>
      this.adopted.get(name) ?? new Watched(path.join(this.places.adopted, name), false, this.outside.now);
    this.adopted = new Map(names.map((name) => [name, known(name)]));
  }

  /** Once: that it goes on is told by the age of the spool. */
  private tellSilent(): void {
    for (const [name, { silentMs }] of this.adopted) {
      if (silentMs <= SILENT_MS || this.told.has(name)) continue;
      this.told.add(name);
      this.outside.write(problemLine(`${name} does not answer`));
    }
  }
}
