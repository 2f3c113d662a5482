import type { Account } from './account';

/** Something done to the account behind the templates' back. */
export interface Spoiled {
  readonly what: string;
  readonly spoil: (account: Account) => Promise<unknown>;
  /** All that readings say of it, sorted: `<type>.<property>`, `<type> is gone`, `<type> has <type>`. */
  readonly found: readonly string[];
}
