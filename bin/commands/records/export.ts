import { atOnce } from '../../../records/at-once';
import { Custody } from '../../../records/export/custody';
import { Folder } from '../../../records/export/folder';
import { manifestOf, seal, SHA256SUMS } from '../../../records/export/manifest';
import type { Custodian, ExportedCall, ExportRequest, Run } from '../../../records/export/model';
import { exportObject } from '../../../records/export/object';
import { Refused } from '../../../records/outside';
import { counted } from '../../../records/report/words';
import type { ExitCode, Io } from '../../io';
import { version } from '../../layout';
import { refuse } from '../../refuse';
import type { RecordsDoor } from './door';
import type { AtDesk } from './desks';
import { type Search, search } from './found';
import type { Request } from './request';

/** Objects that are brought at once in a region. */
const OBJECTS = 4;

/** Writes what was asked for into a folder, with what proves it. */
export async function exportRecords(request: Request, io: Io, door: RecordsDoor): Promise<ExitCode> {
  const { out, resume } = request.values;
  if (!out) return refuse(io, ['--out: got none, allowed a folder, add it']);
  const folder = new Folder(out);
  const problem = folder.problem(resume);
  if (problem) return refuse(io, [problem]);
  const custody = new Custody(folder);
  const searched = await search(request, door);
  if (!searched.ok) return refuse(io, searched.problems);
  if (searched.unasked.length > 0) return refuse(io, searched.unasked);
  const asked = exportRequestOf(request, searched.at);
  const other = custody.problem(asked);
  if (other) return refuse(io, [other]);
  try {
    return await write({ folder, custody, asked, searched }, io, door);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return refuse(io, [error.message]);
  }
}

interface Writing {
  readonly folder: Folder;
  readonly custody: Custody;
  readonly asked: ExportRequest;
  readonly searched: Extract<Search, { readonly ok: true }>;
}

async function write({ folder, custody, asked, searched }: Writing, io: Io, door: RecordsDoor): Promise<ExitCode> {
  const { at, problems } = searched;
  if (at.every(({ found }) => found.calls.length === 0)) {
    io.out(`no calls match in ${asked.regions.join(', ')}; nothing was written`);
    if (problems.length > 0) io.err(problems.join('\n'));
    return problems.length > 0 ? 1 : 0;
  }
  custody.begin(asked, runOf(at, door.now()));
  const calls: ExportedCall[] = [];
  for (const one of at) calls.push(...(await exportCalls(one, { folder, custody, now: door.now })));
  const manifest = manifestOf({
    request: asked,
    runs: custody.runs(),
    endedAt: door.now().toISOString(),
    calls,
    problems,
  });
  const sha256 = await seal(folder, manifest);
  const { counts, findings } = manifest;
  io.out(
    `${counted(counts.calls, 'call')}, ${counted(counts.objects, 'object')}, ${counts.bytes} bytes in ${folder.place}`,
  );
  io.out(`SHA-256 of ${SHA256SUMS}:\n${sha256}`);
  if (findings.length > 0) io.err(findings.join('\n'));
  return findings.length > 0 ? 1 : 0;
}

type Into = Pick<Writing, 'folder' | 'custody'> & Pick<RecordsDoor, 'now'>;

async function exportCalls({ desk, found }: AtDesk, into: Into): Promise<ExportedCall[]> {
  const { plan, officer } = desk;
  const props = { plan, vault: desk.vaultIn(plan.region), by: officer.identity.arn, ...into };
  const wanted = found.calls.flatMap(({ call, objects }) => objects.map((stored) => ({ call, stored })));
  const exported = await atOnce(OBJECTS, wanted, ({ call, stored }) => exportObject(props, call, stored));
  return found.calls.map(({ call: { callId }, rows }) => ({
    region: plan.region,
    callId,
    ledger: rows,
    objects: exported.filter((one) => one.callId === callId),
  }));
}

const runOf = (at: readonly AtDesk[], now: Date): Run => ({
  at: now.toISOString(),
  tool: { name: 'voicecell', version: version() },
  custodians: at.map(({ desk: { plan, officer } }): Custodian => {
    const { identity, session, takenBy } = officer;
    return { region: plan.region, ...identity, session, takenBy };
  }),
});

/** A caller's number is kept nowhere in plain, a production of their calls included. */
function exportRequestOf({ plans, asked: { number, ...asked } }: Request, at: readonly AtDesk[]): ExportRequest {
  const hashes = at.map(({ desk, numberHash }) => `${desk.plan.region} ${numberHash ?? ''}`);
  return {
    deployment: plans[0]?.deployment ?? '',
    regions: plans.map(({ region }) => region),
    selection: { ...asked, ...(number ? { numberHash: hashes } : {}) },
  };
}
