import type { ClientOptions } from '../../../aws/reader';
import { assess } from '../../../compliance/audit/assess';
import type { Posture } from '../../../compliance/audit/posture';
import { schemaReport } from '../../../compliance/audit/reporters/json';
import { deploymentNames, readInputs } from '../../inputs';
import type { ExitCode, Io } from '../../io';
import { version } from '../../layout';
import { refuse } from '../../refuse';
import { readDeployments } from './deployment';
import { readOptions, type AuditOptions } from './options';
import { readBaseline, strangerTo, tell, type Screen } from './output';
import { progressOn } from './progress';
import type { Subject, SubjectResult } from './subject';
import { USAGE } from './usage';

export { USAGE };

/** What the door opens on; tests give their own. */
export interface AuditDoor {
  readonly now: Date;
  readonly screen: Screen;
  /** Sends AWS clients elsewhere. */
  readonly client: ClientOptions;
  /** Where progress is told; undefined where nobody watches. */
  readonly watched?: NodeJS.WritableStream;
}

const atTerminal = (): AuditDoor => ({
  now: new Date(),
  screen: {
    width: Math.min(process.stdout.columns ?? 80, 120),
    colour: process.stdout.isTTY && process.env['NO_COLOR'] === undefined,
  },
  client: {},
  ...(process.stderr.isTTY ? { watched: process.stderr } : {}),
});

/** Says which controls hold, on what evidence, and what to do about the rest. Changes nothing, unless it is told to store. */
export async function run(args: readonly string[], io: Io, door: AuditDoor = atTerminal()): Promise<ExitCode> {
  const read = readOptions(args);
  if ('problems' in read) return refuse(io, read.problems);
  const { options } = read;
  if (options.prints) return print(options, io);
  const baseline = readBaseline(options);
  if (baseline && 'problems' in baseline) return refuse(io, baseline.problems);
  const found = await subjectOf(options, door);
  if ('problems' in found) return refuse(io, found.problems);
  const posture = judge(found.subject, options, dayOf(door));
  const stranger = baseline && strangerTo(posture, baseline);
  if (stranger) return refuse(io, [stranger]);
  const code = tell(posture, baseline, options, door.screen, io);
  if (!options.store) return code;
  const { keep } = require('./keep') as typeof import('./keep');
  const kept = await keep(posture, found.subject.plans, options, door.client);
  if ('problems' in kept) return refuse(io, kept.problems);
  io.out(kept.line);
  return code;
}

const dayOf = ({ now }: AuditDoor): string => now.toISOString().slice(0, 10);

function print({ prints, deployments, all }: AuditOptions, io: Io): ExitCode {
  if (prints === 'schema') {
    io.out(schemaReport());
    return 0;
  }
  const read = readInputs(all ? deploymentNames() : deployments);
  if (!read.ok) return refuse(io, read.problems);
  const { auditPolicy } =
    require('../../../compliance/audit/live/policy') as typeof import('../../../compliance/audit/live/policy');
  io.out(JSON.stringify(auditPolicy(read.inputs.plans), undefined, 2));
  return 0;
}

async function subjectOf(options: AuditOptions, door: AuditDoor): Promise<SubjectResult> {
  if (options.templates.length > 0) {
    const { readTemplates } = require('./templates') as typeof import('./templates');
    return readTemplates(options, dayOf(door));
  }
  const written = readDeployments(options, dayOf(door));
  if ('problems' in written || !options.live) return written;
  // The SDK is loaded when there is an account to ask.
  const { signIn } = require('./account') as typeof import('./account');
  const { readAccount } = require('./live') as typeof import('./live');
  const signed = await signIn(options, written.subject.plans, door.client);
  if ('problems' in signed) return signed;
  const watch = progressOn(door.watched);
  const ledger = { waivers: written.subject.waivers, asOf: dayOf(door) };
  const result = await readAccount(written, ledger, { client: signed.client, now: door.now, progress: watch.progress });
  watch.end();
  return result;
}

const judge = (
  { mode, files, limits, judged, ...subject }: Subject,
  { deployments, all, regions }: AuditOptions,
  asOf: string,
): Posture =>
  assess({
    ...subject,
    ...(judged ? { judged } : {}),
    ...(all || deployments.length > 0 ? { regions } : {}),
    inputs: { mode, asOf, files, limits },
    version: version(),
  });
