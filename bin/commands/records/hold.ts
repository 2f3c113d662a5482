import { atOnce } from '../../../records/at-once';
import { type CallResult, holdCall, type HoldProps, isDone, releaseCall } from '../../../records/hold/hold';
import { MATTER_ID } from '../../../media/contract/ledger';
import { renderHolds } from '../../../records/report/hold-text';
import { counted } from '../../../records/report/words';
import type { ExitCode, Io } from '../../io';
import { refuse } from '../../refuse';
import type { RecordsDoor } from './door';
import type { AtDesk } from './desks';
import { search } from './found';
import type { Request } from './request';

/** Calls that are worked on at once in a region. */
const CALLS = 4;

type Act = (props: HoldProps, callId: string) => Promise<CallResult>;

/** Places a matter's legal hold on calls. */
export const hold = (request: Request, io: Io, door: RecordsDoor): Promise<ExitCode> =>
  change({ act: holdCall, word: 'place' }, request, io, door);

/** Releases a matter's legal hold from calls. */
export const release = (request: Request, io: Io, door: RecordsDoor): Promise<ExitCode> =>
  change({ act: releaseCall, word: 'release' }, request, io, door);

interface Change {
  readonly act: Act;
  readonly word: 'place' | 'release';
}

async function change({ act, word }: Change, request: Request, io: Io, door: RecordsDoor): Promise<ExitCode> {
  const { matter = '', reason = '' } = request.values;
  const wrong = problemsOf(request.values, door);
  if (wrong.length > 0) return refuse(io, wrong);
  const searched = await search(request, door);
  if (!searched.ok) return refuse(io, searched.problems);
  const { at, unasked, problems } = searched;
  // Half a hold would look like one.
  if (unasked.length > 0) return refuse(io, unasked);
  if (problems.length > 0) io.err(problems.join('\n'));
  if (at.every(({ found }) => found.calls.length === 0)) {
    io.out(`no calls match in ${at.map(({ desk }) => desk.plan.region).join(', ')}; nothing was changed`);
    return problems.length > 0 ? 1 : 0;
  }
  if (!(await isConfirmed(questionOf(word, matter, at), request, door))) return refuse(io, ['nothing was changed']);
  const regions = [];
  for (const one of at) regions.push(await inRegion(one, { act, matter, reason, at: door.now().toISOString() }));
  io.out(renderHolds(matter, regions));
  return problems.length > 0 || regions.some(({ results }) => !results.every(isDone)) ? 1 : 0;
}

async function inRegion(
  { desk, found }: AtDesk,
  { act, ...why }: { readonly act: Act; readonly matter: string; readonly reason: string; readonly at: string },
) {
  const { plan, ledger, notes, vaultIn, officer } = desk;
  const props = { plan, ledger, notes, vaultIn, why: { ...why, by: officer.identity.arn } };
  return { region: plan.region, results: await atOnce(CALLS, found.calls, ({ call }) => act(props, call.callId)) };
}

function problemsOf({ matter, reason, yes }: Request['values'], { ask }: RecordsDoor): string[] {
  return [
    ...(matter && MATTER_ID.test(matter)
      ? []
      : [`--matter: got ${matter ?? 'none'}, allowed an id such as M-2026-014, change it`]),
    ...(reason && REASON.test(reason) ? [] : ['--reason: got none, allowed a line of at most 500 letters, change it']),
    ...(yes || ask ? [] : ['--yes: got none and no terminal to ask, allowed either, add it']),
  ];
}

const REASON = /^(?=.*\S)[^\n\r]{1,500}$/;

function questionOf(word: Change['word'], matter: string, at: readonly AtDesk[]): string {
  const calls = at.flatMap(({ found }) => found.calls);
  const objects = calls.flatMap((call) => call.objects);
  const regions = at.filter(({ found }) => found.calls.length > 0).map(({ desk }) => desk.plan.region);
  return `${word} the hold of ${matter} on ${counted(calls.length, 'call')}, ${counted(objects.length, 'object')} and copies, in ${regions.join(', ')}? [y/N] `;
}

const isConfirmed = async (question: string, { values }: Request, { ask }: RecordsDoor): Promise<boolean> =>
  values.yes || /^y(es)?$/i.test((await ask?.(question)) ?? '');
