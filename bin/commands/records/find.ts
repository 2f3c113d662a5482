import { jsonFound } from '../../../records/report/find-json';
import { renderFound } from '../../../records/report/find-text';
import type { ExitCode, Io } from '../../io';
import { refuse } from '../../refuse';
import type { RecordsDoor } from './door';
import { search } from './found';
import type { Request } from './request';

/** Says which calls there are; that there are none is an answer. */
export async function find(request: Request, io: Io, door: RecordsDoor): Promise<ExitCode> {
  const searched = await search(request, door);
  if (!searched.ok) return refuse(io, searched.problems);
  const found = searched.at.map(({ desk, found: one }) => ({ region: desk.plan.region, found: one }));
  const deployment = request.plans[0]?.deployment ?? '';
  io.out(request.values.json ? jsonFound(deployment, found) : renderFound(found));
  const lines = [...searched.unasked, ...searched.problems];
  if (lines.length > 0) io.err(lines.join('\n'));
  return searched.unasked.length > 0 ? 2 : found.some(({ found: { problems } }) => problems.length > 0) ? 1 : 0;
}
