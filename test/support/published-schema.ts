import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Published schemas lie beside the project, not in it. */
const FOLDER = path.join(__dirname, '..', '..', '..', 'shared', 'schemas');

/** In CI they have to be there. */
export const mustValidate = (name: string): boolean =>
  process.env['CI'] === 'true' || existsSync(path.join(FOLDER, name));

/** What a published schema objects to in a document; nothing where it is valid. */
export function objectionsTo(name: string): (json: string) => readonly unknown[] {
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });
  addFormats(ajv);
  // Without what says that it is of draft 4, as SARIF's is: nothing else in it differs.
  const {
    $schema: _,
    id: __,
    ...schema
  } = JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as Record<string, unknown>;
  const validate = ajv.compile(schema);
  return (json) => (validate(JSON.parse(json)) ? [] : (validate.errors ?? []));
}
