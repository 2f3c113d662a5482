import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { callFile, serverFile, type CallFile } from './call-file';
import { fileOf, NAMES, named, PARTS, type SpooledCall, type SpoolFile } from './spooled';

/** Every call of which a spool has anything. A file that goes while it is looked at is not there. */
export async function callsIn(root: string): Promise<SpooledCall[]> {
  const found = new Map<string, SpoolFile[]>();
  for (const name of (await readdir(root)).toSorted()) {
    const one = named(name);
    const seen = one && (await stat(path.join(root, name)).catch(() => undefined));
    if (!one || !seen?.isFile()) continue;
    const files = found.get(one.callId) ?? [];
    files.push({ part: one.part, bytes: seen.size, changedAt: seen.mtimeMs });
    found.set(one.callId, files);
  }
  return [...found].map(([callId, files]) => ({ callId, root, files }));
}

/** The call as it is now: what was seen a moment ago may have been stored and removed since. */
export async function seenAgain({ callId, root }: SpooledCall): Promise<SpooledCall> {
  const files: SpoolFile[] = [];
  for (const part of PARTS) {
    const seen = await stat(fileOf({ callId, root }, part)).catch(() => undefined);
    if (seen?.isFile()) files.push({ part, bytes: seen.size, changedAt: seen.mtimeMs });
  }
  return { callId, root, files };
}

/** What the media server wrote of the call; nothing where it did not, or not so that it can be read. */
export async function callFileOf(call: SpooledCall): Promise<CallFile | undefined> {
  const { data } = callFile.safeParse(await json(fileOf(call, 'call')));
  return data?.callId === call.callId ? data : undefined;
}

export interface Server {
  readonly boot: string;
  /** Milliseconds since 1970, by the file system. */
  readonly seenAt: number;
}

/** The media server that writes into a spool. */
export async function serverOf(root: string): Promise<Server | undefined> {
  const file = path.join(root, NAMES.server);
  const seen = await stat(file).catch(() => undefined);
  const { data } = serverFile.safeParse(await json(file));
  return seen && data ? { boot: data.boot, seenAt: seen.mtimeMs } : undefined;
}

async function json(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
