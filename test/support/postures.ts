import { assess, sealed } from '../../compliance/audit/assess';
import type { Posture } from '../../compliance/audit/posture';
import { readWaivers } from '../../compliance/nag/waivers';
import { kitEvidence } from './kit-evidence';

/** Day on which test postures are asked. */
export const AS_OF = '2026-11-26';

/** The CDK CLI asks for it, so that templates say which construct a resource is of. */
const PATHS = { 'aws:cdk:enable-path-metadata': true };

/** The posture of shipped deployments, as an audit of their assembly finds it. */
export function kitPosture(...names: readonly string[]): Posture {
  const ledger = readWaivers();
  if (!ledger.ok) throw new Error(ledger.problems.join('\n'));
  return assess({
    units: kitEvidence(names.length > 0 ? names : undefined, { today: AS_OF }, PATHS),
    waivers: ledger.waivers,
    isWhole: names.length === 0,
    inputs: { mode: 'deployment', asOf: AS_OF, files: [], limits: [] },
    version: '0.0.0',
  });
}

/** A posture with parts of one's own, sealed anew. */
export function postureWith(posture: Posture, over: Partial<Omit<Posture, 'sha256'>>): Posture {
  const { sha256: _, ...content } = posture;
  return sealed({ ...content, ...over });
}
