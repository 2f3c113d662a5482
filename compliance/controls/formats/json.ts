import type { AuditControl } from '../../audit/audit-controls';
import type { Control } from '../control';

/** The catalogue for a program: every field of a control but its check, which is a function and has no JSON. */
export const controlsJson = (controls: readonly Control[], auditControls: readonly AuditControl[]): string =>
  JSON.stringify({ formatVersion: 1, controls, auditControls }, undefined, 2);
