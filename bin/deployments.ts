import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { formatProblem, readDeployment } from '../regions/config';
import { readLock, type Lock } from '../regions/lock';
import { planDeployment } from '../regions/plan';
import type { RegionPlan } from '../regions/plan/types';

const FOLDER = path.join(__dirname, '..', 'regions', 'deployments');

export type Planned =
  | { readonly ok: true; readonly plans: readonly RegionPlan[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Names of the deployments that ship with the kit or that its user added. */
export const deploymentNames = (): readonly string[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .toSorted();

/** Plans of several deployments, or all problems of all their files at once. A name may also be the path of a YAML file. */
export function planAll(names: readonly string[]): Planned {
  const lock = readLock();
  if (!lock.ok) return { ok: false, problems: lock.problems.map(formatProblem) };
  const results = names.map((name) => planOne(name, lock.lock));
  const problems = results.flatMap((result) => (result.ok ? [] : result.problems));
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, plans: results.flatMap((result) => (result.ok ? result.plans : [])) };
}

function planOne(name: string, lock: Lock): Planned {
  const file = name.endsWith('.yaml') ? name : path.join(FOLDER, `${name}.yaml`);
  if (!existsSync(file))
    return {
      ok: false,
      problems: [`got deployment ${name}, allowed ${deploymentNames().join(', ')} or the path of a .yaml file`],
    };
  const read = readDeployment(file);
  return read.ok
    ? { ok: true, plans: planDeployment(read.config, lock) }
    : { ok: false, problems: read.problems.map(formatProblem) };
}
