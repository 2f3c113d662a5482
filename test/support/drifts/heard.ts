import type { Ask } from '../../../aws/ask';
import type { LiveRegion } from '../../../compliance/audit/live/reading';
import type { DeployedKit } from '../deployed';

/** Hears what a kit's account is asked, and may refuse to answer. */
export class Heard {
  private readonly kit: DeployedKit;
  private readonly refuses: (action: string) => boolean;
  private readonly asked = new Map<string, string[]>();

  /** @param refuses actions that are not allowed; default none */
  constructor(kit: DeployedKit, refuses: (action: string) => boolean = () => false) {
    this.kit = kit;
    this.refuses = refuses;
  }

  /** A region of the account, as an audit is given it. */
  readonly region = (name: string): LiveRegion => {
    const region = this.kit.region(name);
    const actions: string[] = [];
    this.asked.set(name, actions);
    const ask: Ask = (action, read) => {
      actions.push(action);
      if (!this.refuses(action)) return region.ask(action, read);
      return Promise.resolve({ known: false, action, why: `not allowed: ${action}`, remedy: `allow ${action}` });
    };
    return { ...region, ask };
  };

  /** How many questions each region was asked. */
  perRegion(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.asked].map(([name, actions]) => [name, actions.length]));
  }
}
