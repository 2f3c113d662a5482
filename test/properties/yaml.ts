import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';

const folder = mkdtempSync(path.join(tmpdir(), 'voicecell-'));
const file = path.join(folder, 'demo.yaml');

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** As a person would write it: no anchors, no aliases. */
export const textOf = (config: unknown): string => stringify(config, { aliasDuplicateObjects: false });

/** One file for thousands of cases: each is read before the next is written. */
export function yamlFile(content: string | Uint8Array): string {
  writeFileSync(file, content);
  return file;
}

export const fileOf = (config: unknown): string => yamlFile(textOf(config));
