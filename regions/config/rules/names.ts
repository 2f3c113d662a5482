import { when, type Rule } from './rule';

/**
 * Beginnings that AWS keeps for itself; the deployment's name begins every name of its resources. Buckets: Amazon S3 User
 * Guide, "General purpose bucket naming rules". Capacity providers: ECS API, CreateCapacityProvider, `name`.
 */
const RESERVED = ['sthree-', 'amzn-s3-demo-', 'aws', 'ecs', 'fargate'] as const;

export const namesAreNotReserved: Rule = ({ deployment }) => {
  const reserved = RESERVED.find((beginning) => `${deployment}-`.startsWith(beginning));
  return when(reserved !== undefined, {
    path: ['deployment'],
    allowed: `a name that does not begin with ${RESERVED.join(', ')}: AWS refuses buckets or capacity providers called so`,
    change: `it to e.g. voice-${deployment}`.slice(0, 'it to e.g. '.length + 16).replace(/-$/, ''),
  });
};
