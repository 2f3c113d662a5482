import type { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { CfnLogGroup } from 'aws-cdk-lib/aws-logs';

/** Non-blocking: a slow log service must never hold up a call. */
export const containerLog = (
  logGroup: CfnLogGroup,
  region: string,
  streamPrefix: string,
): CfnTaskDefinition.LogConfigurationProperty => ({
  logDriver: 'awslogs',
  options: {
    'awslogs-group': logGroup.ref,
    'awslogs-region': region,
    'awslogs-stream-prefix': streamPrefix,
    mode: 'non-blocking',
    'max-buffer-size': '25m',
  },
});
