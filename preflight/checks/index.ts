import type { Check } from '../verdict';
import { accountCheck } from './account';
import { bootstrapCheck } from './bootstrap';
import { bucketsCheck } from './buckets';
import { certificateCheck } from './certificate';
import { containerImagesCheck } from './container-images';
import { COUNTED_CHECKS } from './counted-quotas';
import { endpointsCheck } from './endpoints';
import { instanceTypesCheck } from './instance-types';
import { machineImagesCheck } from './machine-images';
import { namesCheck } from './names';
import { planCheck } from './plan';
import { regionCheck } from './region';
import { secretsCheck } from './secrets';
import { serviceRolesCheck } from './service-roles';
import { sipZoneCheck } from './sip-zone';
import { stacksCheck } from './stacks';
import { VCPU_CHECKS } from './vcpu-quotas';
import { weightsCheck } from './weights';
import { zonesCheck } from './zones';

/** Every check, in the order in which a deployment would meet what it looks at. */
export const CHECKS: readonly Check[] = [
  planCheck,
  accountCheck,
  regionCheck,
  bootstrapCheck,
  serviceRolesCheck,
  stacksCheck,
  bucketsCheck,
  namesCheck,
  ...COUNTED_CHECKS,
  zonesCheck,
  endpointsCheck,
  sipZoneCheck,
  ...VCPU_CHECKS,
  instanceTypesCheck,
  machineImagesCheck,
  secretsCheck,
  certificateCheck,
  containerImagesCheck,
  weightsCheck,
];
