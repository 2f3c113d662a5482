import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A clone runs its TypeScript as it stands; a package has it compiled, and an update replaces the package whole. */
export const inClone = __filename.endsWith('.ts');

/** Version of the kit, from the package it is a part of. */
export function version(): string {
  const home = inClone ? path.join(__dirname, '..') : path.join(__dirname, '..', '..');
  const { version: text } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')) as { version: string };
  return text;
}
