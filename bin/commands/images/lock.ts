import path from 'node:path';
import { formatProblem, readDeployment } from '../../../regions/config';
import type { DeploymentConfig } from '../../../regions/config/schema';
import { LOCK_FILE, readLock, type Lock } from '../../../regions/lock';
import { edited, replaceFile, textOf } from '../../../supply/images/lock-file';
import { lockImages, type Locked } from '../../../supply/images/lock-images';
import { renderLock } from '../../../supply/images/render';
import { regionProblems } from '../../chosen-regions';
import { deploymentFile, deploymentNames, lockFileOf, OWN_LOCK } from '../../inputs';
import type { ExitCode, Io } from '../../io';
import { inClone } from '../../layout';
import { refuse } from '../../refuse';
import type { ImagesDoor } from './door';

export interface LockArguments {
  readonly name: string;
  readonly regions: readonly string[];
  readonly mode: { readonly check: boolean; readonly update: boolean };
}

/** Resolves, decides, writes; what could not be asked does not keep the rest from being written. */
export async function lock({ name, regions, mode }: LockArguments, io: Io, door: ImagesDoor): Promise<ExitCode> {
  const read = readBoth(name, regions);
  if ('problems' in read) return refuse(io, read.problems);
  const wanted = regions.length > 0 ? regions : Object.keys(read.config.regions);
  const locked = await lockImages({ ...read, regions: wanted, mode, pins: door.pins });
  io.out(renderLock({ outcomes: locked.outcomes, pins: locked.pins, mode }));
  write(locked, { from: lockFileOf(name), to: read.target, today: door.today }, io);
  if (locked.unknown.length > 0)
    return refuse(
      io,
      locked.unknown.map((line) => `cannot tell: ${line}`),
    );
  if (locked.findings.length === 0) return 0;
  io.err(locked.findings.join('\n'));
  return 1;
}

interface Files {
  readonly from: string;
  readonly to: string;
  readonly today: string;
}

function write({ images, pins }: Locked, { from, to, today: day }: Files, io: Io): void {
  if (images.length + pins.length === 0) return;
  replaceFile(to, edited(textOf(from), { images, pins, today: day }));
  io.out(
    `wrote ${path.relative('.', to)}: ${images.length} images, ${pins.length} pins; read the difference, commit it`,
  );
}

type Both =
  | { readonly config: DeploymentConfig; readonly lock: Lock; readonly target: string }
  | { readonly problems: readonly string[] };

function readBoth(name: string, regions: readonly string[]): Both {
  const own = name.endsWith('.yaml');
  if (!own && !deploymentNames().includes(name))
    return {
      problems: [`got deployment ${name}, allowed ${deploymentNames().join(', ')} or the path of a .yaml file`],
    };
  if (!own && !inClone)
    return { problems: [`${name} is the package's own; run voicecell init <name> --from ${name}, then lock that`] };
  const read = readDeployment(deploymentFile(name));
  const lockRead = readLock(lockFileOf(name));
  const problems = [read, lockRead].flatMap((one) => (one.ok ? [] : one.problems.map(formatProblem)));
  if (!read.ok || !lockRead.ok) return { problems };
  const unknown = regionProblems(regions, Object.keys(read.config.regions));
  if (unknown.length > 0) return { problems: unknown };
  const target = own ? path.join(path.dirname(name), OWN_LOCK) : LOCK_FILE;
  return { config: read.config, lock: lockRead.lock, target };
}
