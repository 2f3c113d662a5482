import type { LiveReader } from '../../../reading';
import { endpoints } from './endpoints';
import { gateways } from './gateways';
import { Network, type Section } from './network';
import { routes } from './routes';
import { subnets } from './subnets';
import { transits } from './transits';
import { vpcs } from './vpcs';

const SECTIONS: readonly Section[] = [vpcs, subnets, routes, gateways, transits, endpoints];

/** VPCs and what is in them, which has to be seen together to tell what no template made. */
export const networks: LiveReader = {
  types: SECTIONS.flatMap(({ types }) => types),
  actions: [...new Set(SECTIONS.flatMap(({ actions }) => actions))].toSorted(),
  async read(deployed, region) {
    const network = new Network(deployed, region);
    const present = SECTIONS.filter(({ types }) => types.some((type) => network.ofType(type).length > 0));
    return (await Promise.all(present.map((section) => section.read(network)))).flat();
  },
};
