import { uuidOf } from '../../../controls/formats/oscal-ids';
import type { Finding, Posture } from '../../posture';
import { oneLine } from '../clean';

/** A unit with what was found of it. */
export interface Named {
  readonly name: string;
  readonly findings: readonly Finding[];
}

/** A day as OSCAL writes a time. */
export const dayTime = (day: string): string => `${day}T00:00:00Z`;

/** A title or a value, of which OSCAL has none that is empty. */
export const line = (text: string): string => oneLine(text) || '(none)';

/** A property in a name space of ours: the names without one are OSCAL's own. */
export const prop = (name: string, value: string): object => ({ name, ns: 'urn:voicecell:oscal', value: line(value) });

export const toolUuid = uuidOf('tool voicecell');

export const ORIGINS = [{ actors: [{ type: 'tool', 'actor-uuid': toolUuid }] }];

/** What tells a finding from another of the same posture; a control may say two things of one resource. */
export const observationUuid = ({ fingerprint, message, status }: Finding, { sha256 }: Posture): string =>
  uuidOf(`observation ${sha256} ${fingerprint} ${status} ${message}`);
