import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isMap, parseDocument, type Document } from 'yaml';
import type { Outcome } from './decide';
import type { PinChange } from './pins';

export interface Edits {
  readonly images: readonly Outcome[];
  readonly pins: readonly PinChange[];
  /** Day of the run, `2026-11-22`, written beside each new digest. */
  readonly today: string;
}

/** The lock file with the edits made, its comments and its order kept. */
export function edited(text: string, { images, pins, today }: Edits): string {
  const document = parseDocument(text);
  for (const { reference, after } of images)
    set(document, ['images', reference], { digest: after ?? null, resolvedOn: today });
  for (const { path, after } of pins) set(document, path, after);
  return document.toString({ lineWidth: 120 });
}

function set(document: Document, path: readonly string[], value: unknown): void {
  const node = document.createNode(value, { flow: path[0] !== 'amis' });
  if (isMap(node) && path[0] === 'amis') for (const pair of node.items) if (isMap(pair.value)) pair.value.flow = true;
  document.setIn(path, node);
}

/** Replaces a file whole: a reader sees the old one or the new one, never half of either. */
export function replaceFile(file: string, text: string): void {
  const next = `${file}.${process.pid}.next`;
  writeFileSync(next, text);
  renameSync(next, file);
}

export const textOf = (file: string): string => readFileSync(file, 'utf8');
