import type { Finding } from '../../../compliance/audit/posture';
import type { DeployedKit } from '../deployed';
import { auditOf } from './audited';
import { changesBetween, type Changes } from './changes';
import type { Drift } from './drift';

/** A deployed kit that drifts, one setting after the other. */
export class Drifting {
  readonly kit: DeployedKit;
  private last: readonly Finding[];

  private constructor(kit: DeployedKit, last: readonly Finding[]) {
    this.kit = kit;
    this.last = last;
  }

  static async of(kit: DeployedKit): Promise<Drifting> {
    return new Drifting(kit, await auditOf(kit));
  }

  /** What an audit says of a drift that it did not say before. Undone when it can be: the next one shows whether it was. */
  async changesOf({ inject }: Pick<Drift, 'inject'>): Promise<Changes> {
    const undo = await inject(this.kit);
    const after = await auditOf(this.kit);
    const changes = changesBetween(this.last, after);
    if (undo) await undo();
    else this.last = after;
    return changes;
  }
}
