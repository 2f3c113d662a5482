import { curl, OFFLINE_ENV } from './common';
import { WEIGHTS_DIRECTORY, type Engine, type EngineBuilder } from './types';

/**
 * A server of the user's own, as its `custom` block states it. Weights are staged under `WEIGHTS_DIR`, in whatever
 * layout was put under the weights prefix, with its SHA256SUMS. Without a health command of its own the image must have curl.
 *
 * @throws {Error} without a `custom` block, which the config reader refuses before
 */
export const custom: EngineBuilder = (service): Engine => {
  const { custom: stated } = service;
  if (!stated) throw new Error('engine custom needs a custom block');
  return {
    command: [...stated.command, ...(service.args ?? [])],
    env: { ...OFFLINE_ENV, WEIGHTS_DIR: WEIGHTS_DIRECTORY, ...stated.env },
    user: stated.user ?? '1000:1000',
    weights: 'staged',
    port: stated.port,
    healthPath: stated.healthPath,
    healthCommand: stated.healthCommand ?? curl(stated.port, stated.healthPath),
    graceSeconds: 1800,
    memoryMiB: 24_576,
    sharedMemoryMiB: 2_048,
  };
};
