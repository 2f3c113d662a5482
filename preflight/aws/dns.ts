import { Resolver } from 'node:dns/promises';
import { known, type Answer } from '../../aws/answer';
import type { Ask } from '../../aws/ask';

/** Codes by which the public DNS says that nobody delegates the name. */
const NOT_DELEGATED: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA']);

/** Name servers the public DNS gives for a zone; none where it is not delegated. */
export async function delegatedTo(zone: string, ask: Ask): Promise<Answer<readonly string[]>> {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  return ask(`the name servers of ${zone}`, () =>
    resolver.resolveNs(zone).catch((error: NodeJS.ErrnoException) => {
      if (NOT_DELEGATED.has(error.code ?? '')) return [];
      throw error;
    }),
  );
}

/** Nothing to ask before the zone is made. */
export const NO_DELEGATION: Answer<readonly string[]> = known([]);
