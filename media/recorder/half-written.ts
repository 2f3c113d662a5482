import { open } from 'node:fs/promises';
import { callFileOf, seenAgain } from './spool';
import { fileOf, has, type Part, type SpooledCall } from './spooled';

/** Bytes of what is written at once, of sound. */
const WHOLE: Partial<Record<Part, number>> = { stereo: 4, caller: 2, agent: 2 };
const LINE_END = 0x0a;

/**
 * What was not written to its end, in words for an event: what there is of it is kept, and somebody hears that it is not all. Of
 * a call that was begun it has been told, and parts of it may be gone.
 */
export async function halfWritten(seen: SpooledCall): Promise<string[]> {
  const call = await seenAgain(seen);
  if (has(call, 'progress')) return [];
  const isCut = call.files.some(({ part, bytes }) => bytes % (WHOLE[part] ?? 1) !== 0);
  return [
    ...((await isUnreadable(call)) ? ['call file unreadable'] : []),
    ...(isCut ? ['recording cut in a sample'] : []),
    ...((await endsInALine(call)) ? [] : ['transcript cut in a line']),
  ];
}

/** One that is gone was read by another recorder of the volume, which removed it. */
const isUnreadable = async (call: SpooledCall): Promise<boolean> =>
  has(call, 'call') && !(await callFileOf(call)) && has(await seenAgain(call), 'call');

async function endsInALine(call: SpooledCall): Promise<boolean> {
  const bytes = call.files.find(({ part }) => part === 'transcript')?.bytes ?? 0;
  const handle = bytes > 0 ? await open(fileOf(call, 'transcript'), 'r').catch(() => undefined) : undefined;
  if (!handle) return true;
  try {
    const { buffer } = await handle.read({ buffer: Buffer.alloc(1), position: bytes - 1 });
    return buffer[0] === LINE_END;
  } finally {
    await handle.close();
  }
}
