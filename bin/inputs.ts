import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readWaivers, type Waiver } from '../compliance/nag/waivers';
import { formatProblem, readDeployment } from '../regions/config';
import { readLock, type Lock } from '../regions/lock';
import { planDeployment } from '../regions/plan';
import type { RegionPlan } from '../regions/plan/types';

const FOLDER = path.join(__dirname, '..', 'regions', 'deployments');

/** What a command works on, once every file it comes from has been read and found valid. */
export interface Inputs {
  readonly plans: readonly RegionPlan[];
  readonly waivers: readonly Waiver[];
}

export type InputsResult =
  { readonly ok: true; readonly inputs: Inputs } | { readonly ok: false; readonly problems: readonly string[] };

interface Named {
  readonly file: string;
  readonly plans: readonly RegionPlan[];
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

/** Plans of several deployments and the ledger, or all problems of all their files at once. */
export function readInputs(names: readonly string[]): InputsResult {
  const lock = readLock();
  const ledger = readWaivers();
  const read = lock.ok ? names.map((name) => planOne(name, lock.lock)) : [];
  const problems = [
    ...(lock.ok ? [] : lock.problems.map(formatProblem)),
    ...(ledger.ok ? [] : ledger.problems),
    ...read.flatMap((one) => one.problems),
    ...twice(read),
  ];
  if (problems.length > 0 || !ledger.ok) return { ok: false, problems };
  return { ok: true, inputs: { plans: read.flatMap((one) => one.plans), waivers: ledger.waivers } };
}

function planOne(name: string, lock: Lock): Named {
  if (!name.endsWith('.yaml') && !deploymentNames().includes(name)) {
    const allowed = `${deploymentNames().join(', ')} or the path of a .yaml file`;
    return { file: name, plans: [], problems: [`got deployment ${name}, allowed ${allowed}, change the name`] };
  }
  const file = name.endsWith('.yaml') ? name : path.join(FOLDER, `${name}.yaml`);
  const read = readDeployment(file);
  if (!read.ok) return { file, plans: [], problems: read.problems.map(formatProblem) };
  const problems = withoutAmi(Object.keys(read.config.regions), lock);
  return problems.length > 0
    ? { file, plans: [], problems }
    : { file, plans: planDeployment(read.config, lock), problems };
}

/** A region that `catalog refresh` has just added is in the catalogue and not yet in the lock file. */
const withoutAmi = (regions: readonly string[], lock: Lock): string[] =>
  regions
    .filter((region) => !Object.hasOwn(lock.amis, region))
    .map(
      (region) =>
        `regions/lock.yaml: got no AMI for ${region}, allowed one for each region, change amis: add ${region}`,
    );

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
