export { BUDGETS_REGIONS, supportsBudgets } from './budgets';
export { alternativesTo, instanceType } from './instance-types';
export { JURISDICTIONS, jurisdictionOf, partitionOf, regionsOf, type Jurisdiction } from './jurisdictions';
export {
  nearestFeasible,
  type NearestFeasible,
  type NearestRequest,
  type RegionChoice,
  type SubstituteChoice,
} from './nearest';
export { feasibility, offers, regionFacts, type AzFeasibility, type RegionFacts } from './offerings';
export { priceUsdPerHour } from './prices';
export { renderRegions } from './render';
export {
  problemOf,
  reportRegions,
  type AzReport,
  type CellRequest,
  type RegionReport,
  type RegionsReport,
} from './report';
export type { Architecture, AzOfferings, Gpu, InstanceType } from './types';
