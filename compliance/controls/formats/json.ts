import type { Control } from '../control';

/** The catalogue for a program: every field of a control but its check. */
export const controlsJson = (controls: readonly Control[]): string =>
  JSON.stringify({ formatVersion: 1, controls: controls.map(({ check: _, ...rest }) => rest) }, undefined, 2);
