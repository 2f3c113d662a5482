import { Resolver } from 'node:dns/promises';
import { ProxyAgent } from 'undici';

/** A proxy is one hop away, in the cell. */
const CONNECT_MS = 500;
/** Nothing was sent yet, so another proxy may be asked. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

export interface Directory {
  resolveSrv(name: string): Promise<readonly { readonly name: string; readonly port: number }[]>;
  resolve4(name: string): Promise<readonly string[]>;
}

/** `fetch` through one of the proxies that a name of the cell lists: the only way to tools, and the way of nothing else. */
export function byProxy(
  name: string,
  directory: Directory = new Resolver({ timeout: CONNECT_MS, tries: 2 }),
): typeof fetch {
  const agents = new Map<string, ProxyAgent>();
  return async (input, init) => {
    let last: unknown = new TypeError('no proxy is listed');
    for (const address of anyOrder(await listed(name, directory))) {
      try {
        return await fetch(input, { ...init, dispatcher: agentFor(agents, address) });
      } catch (error) {
        last = error;
        if (!NOT_CONNECTED.has(codeOf(error))) break;
      }
    }
    throw last;
  };
}

/** ECS lists host-network tasks with SRV records only. */
async function listed(name: string, directory: Directory): Promise<string[]> {
  const records = await directory.resolveSrv(name);
  const found = await Promise.all(
    records.map(async (record) =>
      (await directory.resolve4(record.name)).map((address) => `http://${address}:${record.port}`),
    ),
  );
  return found.flat();
}

function agentFor(agents: Map<string, ProxyAgent>, uri: string): ProxyAgent {
  const known = agents.get(uri);
  if (known) return known;
  const agent = new ProxyAgent({ uri, proxyTls: { timeout: CONNECT_MS } });
  agents.set(uri, agent);
  return agent;
}

const anyOrder = (addresses: readonly string[]): string[] =>
  addresses
    .map((address) => ({ address, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ address }) => address);

const codeOf = (error: unknown): string =>
  String((error as { cause?: { code?: unknown } | null } | undefined)?.cause?.code);
