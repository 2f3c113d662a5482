import * as carriers from '../../regions/config/rules/carriers';
import * as cells from '../../regions/config/rules/cells';
import * as compute from '../../regions/config/rules/compute';
import * as conflicts from '../../regions/config/rules/conflicts';
import * as containers from '../../regions/config/rules/containers';
import * as functions from '../../regions/config/rules/functions';
import * as identity from '../../regions/config/rules/identity';
import * as names from '../../regions/config/rules/names';
import * as network from '../../regions/config/rules/network';
import * as queues from '../../regions/config/rules/queues';
import * as regions from '../../regions/config/rules/regions';
import * as retention from '../../regions/config/rules/retention';
import type { Rule } from '../../regions/config/rules/rule';
import * as secrets from '../../regions/config/rules/secrets';
import * as software from '../../regions/config/rules/software';
import * as subnets from '../../regions/config/rules/subnets';
import * as taping from '../../regions/config/rules/taping';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { sample } from 'fast-check';
import { deploymentSchema, type DeploymentConfig } from '../../regions/config/schema';
import { drawn } from './cases';
import { validDeployment } from './config/deployment';
import { oneOf, type Draw } from './config/draw';
import { MUTATIONS, type Loose, type Mutation } from './mutations';

const MODULES = {
  carriers,
  cells,
  compute,
  conflicts,
  containers,
  functions,
  identity,
  names,
  network,
  queues,
  regions,
  retention,
  secrets,
  software,
  subnets,
  taping,
};
const RULES: Readonly<Record<string, Rule>> = Object.assign({}, ...Object.values(MODULES));

/** The deployment after the mistake, unless its shape is broken and no rule is ever asked. */
function mistaken(g: Draw, { wishes, make }: Mutation): DeploymentConfig[] {
  const config = validDeployment(g, wishes);
  const copy = structuredClone(config) as unknown as Loose;
  make(copy, { g, region: oneOf(g, Object.keys(config.regions)), config });
  const parsed = deploymentSchema.safeParse(copy);
  return parsed.success ? [parsed.data] : [];
}

test('every rule of the config is broken by some mutation', () => {
  const mistakes = MUTATIONS.flatMap((mutation) =>
    sample(
      drawn((g) => mistaken(g, mutation)),
      { numRuns: 3, seed: 1 },
    ).flat(),
  );
  const unbroken = Object.keys(RULES).filter((name) => mistakes.every((config) => RULES[name]?.(config).length === 0));
  expect(unbroken).toEqual([]);
});

test('no file of rules is left out', () => {
  const files = readdirSync(path.join(__dirname, '..', '..', 'regions', 'config', 'rules'));
  expect(files.filter((file) => file !== 'rule.ts').map((file) => file.replace('.ts', ''))).toEqual(
    Object.keys(MODULES),
  );
});
