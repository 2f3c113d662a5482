import { postureSchemaJson, POSTURE_SCHEMA_ID } from '../posture-schema';
import type { Posture } from '../posture';

/** The posture itself. Pure. */
export const jsonReport = (posture: Posture): string => visible({ $schema: POSTURE_SCHEMA_ID, ...posture });

/** The schema of `jsonReport`, for `voicecell audit --schema`. */
export const schemaReport = (): string => JSON.stringify(postureSchemaJson(), undefined, 2);

/**
 * JSON whose invisible characters are written as escapes: the same values, and nothing that a terminal would act on.
 * @param indent spaces a level; none for what programs read, which may be half white space otherwise
 */
export const visible = (value: unknown, indent = 2): string =>
  JSON.stringify(value, undefined, indent).replaceAll(/[\p{Cf}\u007F-\u009F\u2028\u2029]/gu, escaped);

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => String.raw`\u${hex(character.charCodeAt(at))}`).join('');

const hex = (code: number): string => code.toString(16).padStart(4, '0');
