import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CONTROLS } from '../../compliance/controls/catalogue';
import { Evidence } from '../../compliance/controls/evidence';
import {
  readTemplates,
  type TemplateFiles,
  type TemplateOptions,
} from '../../compliance/templates/files/read-templates';
import { TemplateSet } from '../../compliance/templates/template-set';
import { scope } from './evidence';

/** Reads files that stand in a folder of their own for as long as it takes. */
export function readFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  inputs: readonly string[] = Object.keys(files),
  options: TemplateOptions = {},
): TemplateFiles {
  const cwd = mkdtempSync(path.join(tmpdir(), 'voicecell-templates-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(cwd, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    return readTemplates(inputs, { region: 'us-east-1', ...options, cwd });
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

export const evidenceOfFiles = ({ stacks }: TemplateFiles): Evidence =>
  new Evidence(new TemplateSet(stacks), scope({ today: '2026-11-26' }));

/** Evaluated properties of a resource of one template. */
export function propertiesIn(text: string, id = 'A', options: TemplateOptions = {}): Readonly<Record<string, unknown>> {
  const read = readFiles({ 'demo.yaml': text }, ['demo.yaml'], options);
  const evidence = evidenceOfFiles(read);
  const resource = evidence.set.resources.find(({ logicalId }) => logicalId === id);
  if (!resource) throw new Error(`no ${id}: ${[...read.problems, ...read.limits].join('\n')}`);
  return evidence.properties(resource);
}

/** How many judgements the whole catalogue gives. */
export function judgementsOf(read: TemplateFiles): number {
  const evidence = evidenceOfFiles(read);
  return CONTROLS.reduce((sum, control) => sum + control.check(evidence).length, 0);
}
