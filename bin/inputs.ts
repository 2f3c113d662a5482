import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readWaivers, type Waiver } from '../compliance/nag/waivers';
import { formatProblem, readDeployment } from '../regions/config';
import { hasEnded, settlementsOf, type Until } from '../regions/config/settlements';
import { LOCK_FILE, readLock } from '../regions/lock';
import { missingBases, missingFromLock } from '../regions/lock-coverage';
import { planDeployment } from '../regions/plan';
import type { RegionPlan } from '../regions/plan/types';

const FOLDER = path.join(__dirname, '..', 'regions', 'deployments');

/** What a command works on, once every file it comes from has been read and found valid. */
export interface Inputs {
  readonly plans: readonly RegionPlan[];
  readonly waivers: readonly Waiver[];
  /** What the deployments rest on until a day; `ended` says which of it is over. */
  readonly settlements: readonly Settled[];
}

interface Settled extends Pick<Until, 'expires'> {
  /** One line with its place, for when the day is over. */
  readonly problem: string;
}

/** What was read, or every problem of every file: one line each, `file:line:col path: got …, allowed …, change …`. */
export type InputsResult =
  { readonly ok: true; readonly inputs: Inputs } | { readonly ok: false; readonly problems: readonly string[] };

interface Named {
  readonly file: string;
  readonly plans: readonly RegionPlan[];
  readonly settlements?: readonly Settled[];
  readonly problems: readonly string[];
}

/** Names of the deployments that ship with the kit or that its user added. */
export const deploymentNames = (): readonly string[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .toSorted();

/** A name, or the path of a YAML file made absolute, because the CDK reads it from another folder. */
export const absolute = (name: string): string => (name.endsWith('.yaml') ? path.resolve(name) : name);

/** Of a name that ships, or a path. */
export const deploymentFile = (name: string): string =>
  name.endsWith('.yaml') ? name : path.join(FOLDER, `${name}.yaml`);

/** Name of a lock file of one's own, beside a deployment file of one's own. */
export const OWN_LOCK = 'voicecell.lock.yaml';

/** The lock file a deployment is planned with: its own where there is one beside it, else the kit's. */
export function lockFileOf(name: string): string {
  const own = path.join(path.dirname(deploymentFile(name)), OWN_LOCK);
  return existsSync(own) ? own : LOCK_FILE;
}

/**
 * Plans of several deployments and the kit's ledger of waivers, or all problems of all their files at once. It throws for no
 * mistake of a user, a file that is missing included.
 * @param names of deployments that ship, or paths of `.yaml` files; a path is relative to the working directory
 */
export function readInputs(names: readonly string[]): InputsResult {
  const ledger = readWaivers();
  const read = names.map(planOne);
  const problems = [
    ...(ledger.ok ? [] : ledger.problems),
    // A lock file that several deployments share is wrong once.
    ...new Set(read.flatMap((one) => one.problems)),
    ...twice(read),
  ];
  if (problems.length > 0 || !ledger.ok) return { ok: false, problems };
  const settlements = read.flatMap((one) => one.settlements ?? []);
  return { ok: true, inputs: { plans: read.flatMap((one) => one.plans), waivers: ledger.waivers, settlements } };
}

/** Problems of what no longer holds on a day (ISO date). */
export const ended = ({ settlements }: Inputs, today: string): readonly string[] =>
  settlements.filter((one) => hasEnded(one, today)).map(({ problem }) => problem);

function planOne(name: string): Named {
  if (!name.endsWith('.yaml') && !deploymentNames().includes(name)) {
    const allowed = `${deploymentNames().join(', ')} or the path of a .yaml file`;
    return { file: name, plans: [], problems: [`got deployment ${name}, allowed ${allowed}, change the name`] };
  }
  const file = deploymentFile(name);
  const lockFile = lockFileOf(name);
  const read = readDeployment(file);
  const lock = readLock(lockFile);
  const unreadable = [lock, read].flatMap((one) => (one.ok ? [] : one.problems.map(formatProblem)));
  if (!read.ok || !lock.ok) return { file, plans: [], problems: unreadable };
  const problems = [
    ...missingFromLock(read.config, lock.lock).map((finding) => formatProblem(read.problem(finding))),
    ...missingBases(lock.lock).map((base) => notLocked(`image ${base}`, lockFile)),
    ...Object.keys(read.config.regions)
      .filter((region) => !Object.hasOwn(lock.lock.amis, region))
      .map((region) => notLocked(`AMI for ${region}`, lockFile)),
  ];
  if (problems.length > 0) return { file, plans: [], problems };
  const settlements = settlementsOf(read.config).map(({ expires, finding }) => ({
    expires,
    problem: formatProblem(read.problem(finding)),
  }));
  return { file, plans: planDeployment(read.config, lock.lock), settlements, problems };
}

/** A newer kit, or a region that `catalog refresh` has just added, needs what an older lock file does not have. */
const notLocked = (what: string, file: string): string =>
  `${file}: got no ${what}, allowed one for each, change the file: run voicecell images lock <deployment>`;

/** Two files with one name would be two stacks with one name. */
function twice(read: readonly Named[]): string[] {
  const nameOf = (one: Named | undefined): string | undefined => one?.plans[0]?.deployment;
  return read.flatMap((one, index) => {
    const first = read.slice(0, index).find((other) => nameOf(other) !== undefined && nameOf(other) === nameOf(one));
    if (!first) return [];
    const name = `${one.file}: got deployment ${nameOf(one)}, which ${first.file} is called too`;
    return [`${name}, allowed a name once, change the deployment: of one of the two`];
  });
}
