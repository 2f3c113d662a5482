import type { LiveReader } from '../../reading';
import { capacityProviders, clusters } from './compute/clusters';
import { dashboards, savedQueries } from './compute/display';
import { fleets } from './compute/fleets';
import { names } from './compute/names';
import { capacityReservations, placementGroups } from './compute/placement';
import { scalableTargets, scalingPolicies } from './compute/scaling';
import { tasks } from './compute/tasks';
import { networks } from './network';
import { addresses, flowLogs } from './network/addresses';
import { securityGroups } from './network/security-groups';

/** Networks, nodes and what runs on them. */
export const PLATFORM_READERS: readonly LiveReader[] = [
  networks,
  securityGroups,
  addresses,
  flowLogs,
  fleets,
  placementGroups,
  capacityReservations,
  clusters,
  capacityProviders,
  tasks,
  scalableTargets,
  scalingPolicies,
  names,
  dashboards,
  savedQueries,
];
