import type { NodeStatus, NodeUri } from './decide';

const TIMEOUT_MS = 1_000;

/** What each node says of itself; those that say nothing in time are left out. */
export async function statusesOf(nodes: readonly NodeUri[], port: number): Promise<Map<NodeUri, NodeStatus>> {
  const answers = await Promise.all(nodes.map(async (node) => [node, await statusOf(node, port)] as const));
  return new Map(answers.flatMap(([node, status]) => (status ? [[node, status]] : [])));
}

async function statusOf(node: NodeUri, port: number): Promise<NodeStatus | undefined> {
  try {
    const [, address] = node.split(':');
    const response = await fetch(`http://${address}:${port}/status`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const said = (await response.json()) as Partial<NodeStatus>;
    return isStatus(said) ? said : undefined;
  } catch {
    return undefined;
  }
}

const isStatus = (said: Partial<NodeStatus>): said is NodeStatus =>
  Number.isInteger(said.calls) && Number.isInteger(said.capacity) && typeof said.draining === 'boolean';
