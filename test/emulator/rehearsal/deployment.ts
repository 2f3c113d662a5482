import path from 'node:path';
import { readInputs } from '../../../bin/inputs';
import type { RegionPlan } from '../../../regions/plan/types';
import { cdk, type Ended, succeeded, type Surroundings, voicecell } from './child';

/** The one plan of a file or of a deployment that ships. */
export function planOf(file: string): RegionPlan {
  const read = readInputs([file]);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const [plan, ...others] = read.inputs.plans;
  if (!plan || others.length > 0) throw new Error(`${file} has ${others.length + 1} regions, expected one`);
  return plan;
}

/** Templates of a deployment by the product's own command, checks and all. */
export const synthesise = (name: string, templates: string, around: Surroundings): Promise<void> =>
  succeeded(`voicecell synth ${name}`, voicecell(['synth', name, '--out', templates], around));

/** Both regions, from a folder without an app: from the kit's own, the CLI would synthesise every deployment first. */
export function bootstrap({ account, region, copies }: RegionPlan, around: Surroundings): Promise<void> {
  const environments = new Set([region, copies.region].map((name) => `aws://${account}/${name}`));
  return succeeded('cdk bootstrap', cdk(['bootstrap', ...environments, '--no-notices'], around));
}

/** As a user does it; the CDK CLI that it starts finds the emulator by its environment. */
export const deploy = (file: string, around: Surroundings, ...options: readonly string[]): Promise<void> =>
  succeeded('voicecell deploy', voicecell(['deploy', file, '--yes', ...options], around));

/** Where `voicecell deploy` leaves the templates that it deployed. */
export const templatesOf = ({ folder }: Surroundings): string => path.join(folder, 'cdk.out');

/** What `voicecell deploy` says of a deployment that it must not even hand to the CDK. */
export const refusedByTheDoor = (name: string, around: Surroundings): Promise<Ended> =>
  voicecell(['deploy', name, '--yes'], around);
