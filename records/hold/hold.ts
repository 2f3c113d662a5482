import { callRecordOf, type CallRecord, isActive } from '../ledger/call-record';
import type { Ledger } from '../ledger/ledger';
import { matterOf } from '../../media/contract/ledger';
import { Refused } from '../outside';
import type { HoldNotes, Reasoned } from './notes';
import { type HoldObjectsProps, type ObjectResult, setHolds } from './objects';

/** What became of a call. */
export interface CallResult {
  readonly callId: string;
  /** What the ledger says now, in words. */
  readonly noted: string;
  readonly objects: readonly ObjectResult[];
  /** What kept it from being done, a line each; what an object met with is with the object. */
  readonly problems: readonly string[];
}

export interface HoldProps extends HoldObjectsProps {
  readonly ledger: Pick<Ledger, 'rowsOf'>;
  readonly notes: Pick<HoldNotes, 'place' | 'release'>;
  readonly why: Reasoned;
}

/** The note first: what the ledger does not know, another matter's release would lift. */
export const holdCall = (props: HoldProps, callId: string): Promise<CallResult> =>
  orRefused(callId, async () => {
    const noted = await props.notes.place(callId, props.why);
    const { record, problems } = await current(props, callId);
    return { callId, noted, objects: await setHolds(props, record?.objects ?? [], 'ON'), problems };
  });

/** Lifts the hold from the objects unless another matter still holds the call. */
export const releaseCall = (props: HoldProps, callId: string): Promise<CallResult> =>
  orRefused(callId, async () => {
    const { matter } = props.why;
    const released = await props.notes.release(callId, props.why);
    const { record, problems } = await current(props, callId);
    if (!record) return refused(callId, problems);
    if (!record.holds.some((hold) => matterOf(hold) === matter))
      return refused(callId, [...problems, `${matter} never held it; see --matter`]);
    const noted = released ? 'released' : 'released already';
    if (problems.length > 0)
      return { ...refused(callId, problems), noted: `${noted}, still on: the ledger is not whole` };
    return { callId, problems, ...(await lift(props, record, noted)) };
  });

/** A matter that comes between the look and the lifting finds its hold lifted, so there is a second look. */
async function lift(
  props: HoldProps,
  record: CallRecord,
  noted: string,
): Promise<Pick<CallResult, 'noted' | 'objects'>> {
  const before = activeIn(record);
  if (before.length > 0) return { noted: `${noted}, still on for ${before.join(', ')}`, objects: [] };
  const objects = await setHolds(props, record.objects, 'OFF');
  const { record: after } = await current(props, record.call.callId);
  const since = after ? activeIn(after) : [];
  if (since.length === 0) return { noted, objects };
  return { noted: `${noted}, on again for ${since.join(', ')}`, objects: await setHolds(props, record.objects, 'ON') };
}

const activeIn = ({ holds }: CallRecord): string[] => holds.filter(isActive).map(matterOf);

const current = async ({ ledger }: HoldProps, callId: string) => callRecordOf(callId, await ledger.rowsOf(callId));

const refused = (callId: string, problems: readonly string[]): CallResult => ({
  callId,
  noted: 'unchanged',
  objects: [],
  problems,
});

/** A call that cannot be worked on keeps no other from it. */
async function orRefused(callId: string, work: () => Promise<CallResult>): Promise<CallResult> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) return refused(callId, [error.message]);
    throw error;
  }
}

/** Whether all of it was done. */
export const isDone = ({ objects, problems }: CallResult): boolean =>
  problems.length === 0 && objects.every(({ state }) => state !== 'failed');
