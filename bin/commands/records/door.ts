import type { ClientOptions } from '../../../aws/reader';

/** What the door opens on; tests give their own. */
export interface RecordsDoor {
  readonly client: ClientOptions;
  readonly now: () => Date;
  /** Asks the person in front of the terminal; missing where there is none. */
  readonly ask?: (question: string) => Promise<string>;
}
