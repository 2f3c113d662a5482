import { ip, Namespaces } from '../namespaces';

/**
 * Network namespaces of one run: `hub` has the edge node, the callers and what stands for AWS; each media node has one of its
 * own, with the ports that the contract states and the link-local addresses at which EC2 and ECS answer a node.
 */
export const HOSTS = { edge: '10.78.0.1', carrier: '10.78.0.2', aws: '10.78.0.3' } as const;
export const LINK_LOCAL = { instance: '169.254.169.254', resolver: '169.254.169.253', task: '169.254.170.2' } as const;
export const nodeAddress = (node: number): string => `10.78.1.${node}`;

const BRIDGE = 'cell0';

export type Place = 'hub' | number;
export const namespaces = new Namespaces<Place>('drain');
const { nameOf } = namespaces;

export function layHub(run: number): void {
  const hub = nameOf(run, 'hub');
  ip('netns', 'add', hub);
  ip('-n', hub, 'link', 'add', BRIDGE, 'type', 'bridge');
  for (const address of Object.values(HOSTS)) ip('-n', hub, 'addr', 'add', `${address}/16`, 'dev', BRIDGE);
  for (const address of Object.values(LINK_LOCAL)) ip('-n', hub, 'addr', 'add', `${address}/32`, 'dev', BRIDGE);
  for (const device of ['lo', BRIDGE]) ip('-n', hub, 'link', 'set', device, 'up');
}

export function layNode(run: number, node: number): void {
  const [hub, own, far] = [nameOf(run, 'hub'), nameOf(run, node), `node${node}`];
  ip('netns', 'add', own);
  ip('link', 'add', 'eth0', 'netns', own, 'type', 'veth', 'peer', 'name', far, 'netns', hub);
  ip('-n', hub, 'link', 'set', far, 'master', BRIDGE, 'up');
  ip('-n', own, 'addr', 'add', `${nodeAddress(node)}/16`, 'dev', 'eth0');
  for (const device of ['lo', 'eth0']) ip('-n', own, 'link', 'set', device, 'up');
  ip('-n', own, 'route', 'add', '169.254.0.0/16', 'dev', 'eth0');
}
