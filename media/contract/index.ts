export { BASES } from './bases';
export { edgeContainers } from './edge';
export { mediaContainers } from './media';
export type { Carrier, EdgeInput, MediaInput, NumberFunction, Place, PortRange } from './input';
export { type Lifecycle, lifecycle } from './lifecycle';
export { METRICS } from './metrics';
export { NODE } from './node';
export { PORTS, portsOpenToEdge } from './ports';
export type { ContainerContract, PortContract } from './schema';
