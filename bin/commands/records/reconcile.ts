import type { Desk } from '../../../records/desk';
import { reconcileDay } from '../../../records/reconcile/reconcile';
import { jsonReconciled } from '../../../records/report/reconcile-json';
import { type ReconciledIn, renderReconciled } from '../../../records/report/reconcile-text';
import { daysOf } from '../../../records/selection';
import { reconciliationOf } from '../../../regions/plan/reconciliation';
import type { ExitCode, Io } from '../../io';
import { refuse } from '../../refuse';
import { asOf, desksOf, told } from './desks';
import type { RecordsDoor } from './door';
import type { Request } from './request';

const FORMATS = ['text', 'json'];

/** Compares what the ledgers say with the vaults and their copies; changes nothing. */
export async function reconcile({ plans, asked, values }: Request, io: Io, door: RecordsDoor): Promise<ExitCode> {
  const { format = 'text' } = values;
  if (!FORMATS.includes(format))
    return refuse(io, [`--format: got ${format}, allowed ${FORMATS.join(', ')}, change it`]);
  const { from = '', to = '' } = asked;
  const taken = await desksOf(plans, asOf(values), door);
  if (!taken.ok) return refuse(io, taken.problems);
  const days = daysOf(from, to);
  const all = await Promise.all(taken.desks.map((desk) => told(() => reconcileAt(desk, days, door.now()))));
  const done = all.flatMap((one) => ('problem' in one ? [] : [one]));
  const undone = all.flatMap((one) => ('problem' in one ? [one.problem] : []));
  if (done.length > 0)
    io.out(format === 'json' ? jsonReconciled(plans[0]?.deployment ?? '', done) : renderReconciled(done));
  if (undone.length > 0) return refuse(io, undone);
  return done.some((region) => region.days.some(({ findings }) => findings.length > 0)) ? 1 : 0;
}

/** Day by day: a year of a busy region would not fit at once. */
async function reconcileAt(
  { plan, ledger, shelvesIn }: Desk,
  days: readonly string[],
  now: Date,
): Promise<ReconciledIn> {
  const [vaults, copies] = [shelvesIn(plan.region), shelvesIn(plan.copies.region)];
  const props = { reconciliation: reconciliationOf(plan), ledger, vaults, copies, look: 'checksum', now } as const;
  const reconciled = [];
  for (const day of days) reconciled.push(await reconcileDay(props, day));
  return {
    region: plan.region,
    days: reconciled,
    requests: {
      queries: ledger.requests.queries,
      lists: vaults.requests.lists + copies.requests.lists,
      looks: vaults.requests.looks + copies.requests.looks,
    },
  };
}
