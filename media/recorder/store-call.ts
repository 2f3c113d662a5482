import { callRow, type Ledger, storedRow } from './ledger';
import type { NumberKey } from './number-key';
import { readProgress, removeCall, sync, writeProgress } from './disk';
import { type CallObject, type Kind, keyOf, objectsOf, sha256Of } from './objects';
import { hasGrown, nextStep, type PlannedObject, type Progress, sizesOf, withStored } from './progress';
import { callFileOf, seenAgain } from './spool';
import { fileOf, lastChange, type SpooledCall } from './spooled';
import type { Vault } from './vault';

export interface Stores {
  readonly vaults: Readonly<Record<Kind, Vault>>;
  readonly ledger: Ledger;
  readonly numberKey: NumberKey;
}

/**
 * Takes a call from wherever it is to the end: hashed, in the vault, looked at, in the ledger, gone from the spool. Each step is
 * on the disk before the next begins.
 * @returns its objects; undefined where nothing of it was left, because it had been stored since it was seen
 * @throws whatever a step fails with; called again it goes on with that step
 */
export async function storeCall(seen: SpooledCall, stores: Stores): Promise<readonly PlannedObject[] | undefined> {
  let call = await seenAgain(seen);
  let progress = await readProgress(call);
  if (!progress && !hasContent(call)) {
    await removeCall(call);
    return undefined;
  }
  // An upload takes a while: what was written meanwhile is in no object yet.
  while (!progress?.isNoted || hasGrown(progress, call.files)) {
    const from = progress && !hasGrown(progress, call.files) ? progress : await begin(call);
    progress = await noted(call, stores, from);
    call = await seenAgain(call);
  }
  await removeCall(call);
  return progress.objects;
}

async function noted(call: SpooledCall, stores: Stores, from: Progress): Promise<Progress> {
  let progress = from;
  for (let step = nextStep(progress); step.do !== 'remove'; step = nextStep(progress)) {
    progress =
      step.do === 'store'
        ? await withObject(call, stores, { progress, object: step.object })
        : await withRows(call, stores, progress);
    await keep(call, progress);
  }
  return progress;
}

/**
 * On a full disk the call goes on without: it is what makes room, and whoever begins it anew finds all that was done.
 */
async function keep(call: SpooledCall, progress: Progress): Promise<void> {
  try {
    await writeProgress(call, progress);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

/** A progress that cannot be read, and nothing beside it, is the last of a call that was stored. */
const hasContent = ({ files }: SpooledCall): boolean => files.some(({ part }) => part !== 'progress');

async function begin(call: SpooledCall): Promise<Progress> {
  for (const { part } of call.files) await sync(fileOf(call, part));
  const file = await callFileOf(call);
  const changed = new Date(lastChange(call)).toISOString();
  const startedAt = file?.startedAt ?? changed;
  const objects: PlannedObject[] = [];
  for (const object of objectsOf(call)) objects.push(await planned(call.callId, object, startedAt));
  const progress: Progress = {
    v: 1,
    callId: call.callId,
    startedAt,
    endedAt: file?.endedAt ?? changed,
    sizes: sizesOf(call.files),
    objects,
    isNoted: false,
  };
  await keep(call, progress);
  return progress;
}

async function planned(callId: string, object: CallObject, startedAt: string): Promise<PlannedObject> {
  const { kind, item, content } = object;
  const sha256 = await sha256Of(content);
  const { bytes, seconds, contentType } = content;
  return { kind, item, key: keyOf(callId, object, sha256, startedAt), sha256, bytes, seconds, contentType };
}

interface At {
  readonly progress: Progress;
  readonly object: PlannedObject;
}

async function withObject(call: SpooledCall, { vaults }: Stores, { progress, object }: At): Promise<Progress> {
  const found = objectsOf(call).find(({ item }) => item === object.item);
  return withStored(progress, object, await vaults[object.kind].store(object, found?.content));
}

async function withRows(
  call: SpooledCall,
  { vaults, ledger, numberKey }: Stores,
  progress: Progress,
): Promise<Progress> {
  const objects: PlannedObject[] = [];
  for (const object of progress.objects) {
    const { bucket } = vaults[object.kind].settings;
    const row = object.stored && storedRow(progress, object, { bucket, stored: object.stored });
    objects.push(!row || (await ledger.noteStored(row)) ? object : { ...object, isOutdated: true });
  }
  const done = { ...progress, objects, isNoted: true };
  // Whoever stored the longer one knows more of the call.
  if (objects.some(({ isOutdated }) => isOutdated)) return done;
  const file = await callFileOf(call);
  const { lock } = vaults.recording.settings;
  const key = file?.callerNumber === undefined ? new Uint8Array() : await numberKey.get();
  await ledger.noteCall(callRow(progress, file, { lock, numberKey: key }));
  return done;
}
