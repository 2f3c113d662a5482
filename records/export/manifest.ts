import { createHash } from 'node:crypto';
import { CUSTODY } from './custody';
import type { Folder } from './folder';
import { type ExportedCall, type ExportRequest, type Manifest, MANIFEST_VERSION, type Run } from './model';
import { manifestText } from './text';

export const [MANIFEST, MANIFEST_TEXT, SHA256SUMS] = ['manifest.json', 'manifest.txt', 'SHA256SUMS'] as const;

export interface ManifestInput {
  readonly request: ExportRequest;
  readonly runs: readonly Run[];
  readonly endedAt: string;
  readonly calls: readonly ExportedCall[];
  /** Findings that belong to no object. */
  readonly problems: readonly string[];
}

export function manifestOf({ request, runs, endedAt, calls, problems }: ManifestInput): Manifest {
  const objects = calls.flatMap((call) => call.objects);
  const findings = [
    ...problems,
    ...calls.flatMap(({ region, callId, objects: some }) =>
      some.flatMap(({ item, problems: found }) => found.map((line) => `${region}: call ${callId}, ${item}: ${line}`)),
    ),
  ];
  const bytes = objects.reduce((sum, { found }) => sum + (found?.bytes ?? 0), 0);
  const counts = { calls: calls.length, objects: objects.length, bytes, findings: findings.length };
  return { version: MANIFEST_VERSION, request, runs, endedAt, counts, findings, calls };
}

/** Writes the manifest for programs and for people, and last of all the checksums, its own included. Gives their SHA-256. */
export async function seal(folder: Folder, manifest: Manifest): Promise<string> {
  folder.write(MANIFEST, `${JSON.stringify(manifest, undefined, 2)}\n`);
  folder.write(MANIFEST_TEXT, manifestText(manifest));
  const sums = new Map(
    manifest.calls.flatMap(({ objects }) =>
      objects.flatMap(({ file, found }) => (file && found ? [[file, found.sha256] as const] : [])),
    ),
  );
  for (const file of [MANIFEST, MANIFEST_TEXT, CUSTODY]) {
    const content = await folder.contentOf(file);
    if (content) sums.set(file, content.sha256);
  }
  const text = [...sums]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, sha256]) => `${sha256}  ${file}\n`)
    .join('');
  folder.write(SHA256SUMS, text);
  return createHash('sha256').update(text).digest('hex');
}
