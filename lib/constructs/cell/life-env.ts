import type { FleetPlan } from '../../../regions/plan/cell-types';
import { DRAIN_HOOK, type Fleet } from './fleet';

/** Whose life a node's own container looks after: names of its service, its group and the hook that holds it. */
export const lifeEnv = ({ serviceName }: FleetPlan, { name }: Fleet): Record<string, string> => ({
  OWN_SERVICE: serviceName,
  AUTO_SCALING_GROUP: name,
  DRAIN_HOOK,
});
