import OpenAI from 'openai';
import { Agent } from 'undici';

/** Longer than any pause of a conversation: a new connection costs a round trip at the worst moment. */
const KEEP_ALIVE_MS = 120_000;
const CONNECT_MS = 1_000;

// Time-outs are those of the stages; this one only bounds a connection that nobody waits for.
const dispatcher = new Agent({ keepAliveTimeout: KEEP_ALIVE_MS, connect: { timeout: CONNECT_MS }, pipelining: 1 });

const clients = new Map<string, OpenAI>();

/** One client a replica. Retries are ours: they go to another replica. */
export function clientFor(baseUrl: string): OpenAI {
  const known = clients.get(baseUrl);
  if (known) return known;
  // The cell's engines take no key, and the SDK must not find one in the environment.
  const client = new OpenAI({
    baseURL: `${baseUrl}/v1`,
    apiKey: 'none',
    organization: null,
    project: null,
    maxRetries: 0,
    fetchOptions: { dispatcher },
  });
  clients.set(baseUrl, client);
  return client;
}
