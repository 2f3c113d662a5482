import { eventLine, reasonOf, storedEvents } from './events';
import { halfWritten } from './half-written';
import { isEmptyRecording } from './objects';
import type { PlannedObject } from './progress';
import { Retries } from './retries';
import { nameOf, type SpooledCall } from './spooled';
import { storeCall, type Stores } from './store-call';
import type { Judged } from './watched';

export interface Outside {
  readonly stores: Stores;
  readonly write: (line: string) => void;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  readonly wallClock: () => Date;
}

/** Takes calls to the vault, again where it failed, and says what came of each. */
export class Taker {
  private readonly outside: Outside;
  private readonly retries: Retries;
  /** Of what is not whole it has been said. */
  private readonly told = new Set<string>();

  constructor(outside: Outside) {
    this.outside = outside;
    this.retries = new Retries(outside.now);
  }

  isDue(call: SpooledCall): boolean {
    return this.retries.isDue(nameOf(call));
  }

  /** @returns whether nothing of it is left in the spool */
  async take({ call, stage }: Judged): Promise<boolean> {
    const name = nameOf(call);
    try {
      await this.sayWhatIsMissing(call);
      const objects = await storeCall(call, this.outside.stores);
      this.retries.done(name);
      this.told.delete(name);
      if (objects) this.sayWhatIsStored({ call, stage }, objects);
      return true;
    } catch (error) {
      // Once is enough to know; that it goes on is told by the age of the spool.
      if (this.retries.fail(name) === 1) this.say(call, { event: 'recording.failed', reason: reasonOf(error) });
      return false;
    }
  }

  private async sayWhatIsMissing(call: SpooledCall): Promise<void> {
    if (this.told.has(nameOf(call))) return;
    for (const reason of await halfWritten(call)) this.say(call, { event: 'recording.failed', reason });
    this.told.add(nameOf(call));
  }

  private sayWhatIsStored({ call, stage }: Judged, objects: readonly PlannedObject[]): void {
    if (stage === 'orphaned') this.say(call, { event: 'recording.adopted', reason: 'left behind' });
    if (objects.some(({ isOutdated }) => isOutdated))
      this.say(call, { event: 'recording.failed', reason: 'a longer one is known' });
    if (isEmptyRecording(call)) this.say(call, { event: 'recording.failed', reason: 'empty' });
    storedEvents(call.callId, this.outside.wallClock(), objects).forEach(this.outside.write);
  }

  private say({ callId }: SpooledCall, happened: Parameters<typeof eventLine>[2]): void {
    this.outside.write(eventLine(callId, this.outside.wallClock(), happened));
  }
}
