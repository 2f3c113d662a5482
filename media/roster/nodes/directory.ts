import { Resolver } from 'node:dns/promises';
import type { NodeUri } from './decide';

const TIMEOUT_MS = 1_000;
/** The name is there and has no such record, or is not there: an answer, unlike a server that is silent. */
const EMPTY = new Set(['ENOTFOUND', 'ENODATA']);

export interface Resolve {
  resolveSrv(name: string): Promise<readonly { readonly name: string; readonly port: number }[]>;
  resolve4(name: string): Promise<readonly string[]>;
}

/**
 * The cell's media nodes by Cloud Map's DNS: ECS registers host-network tasks with SRV records only. Undefined if the
 * directory did not answer.
 */
export async function listedNodes(
  service: string,
  resolver: Resolve = new Resolver({ timeout: TIMEOUT_MS, tries: 2 }),
): Promise<NodeUri[] | undefined> {
  try {
    const records = await resolver.resolveSrv(service);
    const found = await Promise.all(
      records.map(async ({ name, port }) =>
        (await resolver.resolve4(name)).map((address): NodeUri => `sip:${address}:${port}`),
      ),
    );
    return found.flat();
  } catch (error) {
    return EMPTY.has((error as NodeJS.ErrnoException).code ?? '') ? [] : undefined;
  }
}
