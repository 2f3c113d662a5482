import { intersection } from '../../compliance/requirements';
import { regionsOf } from '../catalog';
import type { DeploymentConfig } from '../config/schema';

/** Regions in which data may lie and inference may run: those of the jurisdiction, or the fewer that a contract allows. */
export const dataRegionsOf = ({
  jurisdiction,
  allowedRegions,
}: Pick<DeploymentConfig, 'jurisdiction' | 'allowedRegions'>): readonly string[] =>
  intersection(regionsOf(jurisdiction), ...(allowedRegions ? [allowedRegions] : []));
