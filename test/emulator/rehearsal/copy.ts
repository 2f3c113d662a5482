import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseDocument, visit } from 'yaml';
import { OWN_LOCK } from '../../../bin/inputs';
import { LOCK_FILE } from '../../../regions/lock';
import { madeUpImage } from './image';

/** Not an id of documentation: those are refused. */
export const ACCOUNT = '210987654321';
const EXAMPLE = path.join(__dirname, '..', '..', '..', 'regions', 'deployments', 'sandbox.yaml');
const EXAMPLE_ACCOUNT = /111122223333/g;

/** What the made-up image of a reference is called: another name is another image. */
export type Naming = (reference: string) => string;

/** The example with an account of its own in place of documentation's, comments and all. */
export function rehearsalOf(example: string): string {
  const document = parseDocument(example);
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string') scalar.value = scalar.value.replaceAll(EXAMPLE_ACCOUNT, ACCOUNT);
    },
  });
  return document.toString();
}

/** The kit's lock file with a digest for every image. */
export function lockOf(kitLock: string, naming: Naming): string {
  const document = parseDocument(kitLock);
  const { images } = document.toJS() as { readonly images: Readonly<Record<string, unknown>> };
  for (const reference of Object.keys(images))
    document.setIn(['images', reference, 'digest'], madeUpImage(naming(reference)).digest);
  return document.toString();
}

/** Puts both into a folder, again if they are there, and says where the deployment's file is. */
export function writeCopy(folder: string, naming: Naming): string {
  const file = path.join(folder, 'sandbox.yaml');
  writeFileSync(file, rehearsalOf(readFileSync(EXAMPLE, 'utf8')));
  writeFileSync(path.join(folder, OWN_LOCK), lockOf(readFileSync(LOCK_FILE, 'utf8'), naming));
  return file;
}
