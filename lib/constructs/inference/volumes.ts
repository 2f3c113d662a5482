import type { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { NODE } from '../../../media/contract';
import { CACHE_DIRECTORY, WEIGHTS_DIRECTORY } from '../../../regions/engines';
import type { InferencePlan } from '../../../regions/plan/cell-types';

interface NodeVolume {
  readonly name: string;
  /** Made by the node at boot. */
  readonly hostPath: string;
  readonly containerPath: string;
}

/** What a loader fills and the server only reads. */
export const WEIGHTS: NodeVolume = {
  name: 'weights',
  hostPath: `${NODE.scratchDirectory}/weights`,
  containerPath: WEIGHTS_DIRECTORY,
};

/** Compiled kernels and graphs: kept on the node, so that the next task on it starts without compiling. */
export const CACHE: NodeVolume = {
  name: 'cache',
  hostPath: `${NODE.scratchDirectory}/cache`,
  containerPath: CACHE_DIRECTORY,
};

/** A server that streams its weights from S3 has no use for the first volume. */
export const volumesOf = ({ weights }: InferencePlan): CfnTaskDefinition.VolumeProperty[] =>
  (weights === 'staged' ? [WEIGHTS, CACHE] : [CACHE]).map(({ name, hostPath }) => ({
    name,
    host: { sourcePath: hostPath },
  }));

export const mount = (
  { name, containerPath }: NodeVolume,
  access: 'read' | 'write',
): CfnTaskDefinition.MountPointProperty => ({
  sourceVolume: name,
  containerPath,
  readOnly: access === 'read',
});
