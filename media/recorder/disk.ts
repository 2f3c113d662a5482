import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Progress, progressSchema } from './progress';
import { fileOf, type Part, type SpooledCall } from './spooled';

/** The progress of a call, if it has begun and can be read; one that cannot is begun anew. */
export async function readProgress(call: SpooledCall): Promise<Progress | undefined> {
  try {
    return progressSchema.parse(JSON.parse(await readFile(fileOf(call, 'progress'), 'utf8')));
  } catch {
    return undefined;
  }
}

/** On the disk, as a whole, before it returns. */
export async function writeProgress(call: SpooledCall, progress: Progress): Promise<void> {
  const [file, part] = [fileOf(call, 'progress'), partOf(call)];
  const handle = await open(part, 'w', 0o640);
  try {
    await handle.writeFile(JSON.stringify(progress));
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(part, file);
  await sync(path.dirname(file));
}

/** What is written of the progress; a full disk leaves some of it. */
const partOf = (call: SpooledCall): string => `${fileOf(call, 'progress')}.part`;

/** Writes out what the system has of a file, whoever wrote it. A file that is gone has nothing. */
export async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (!handle) return;
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** Before the progress: were it gone first, what is left would be taken for a call of its own. */
const IN_ORDER: readonly Part[] = ['stereo', 'caller', 'agent', 'transcript', 'call'];

/** Removes what the vault has. */
export async function removeCall(call: SpooledCall): Promise<void> {
  for (const part of IN_ORDER) await rm(fileOf(call, part), { force: true });
  await sync(call.root);
  for (const file of [partOf(call), fileOf(call, 'progress')]) await rm(file, { force: true });
}
