import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  anything,
  array,
  assert,
  constantFrom,
  double,
  gen,
  integer,
  oneof,
  property,
  string,
  type GeneratorValue,
} from 'fast-check';
import { parse, stringify } from 'yaml';
import { deploymentNames } from '../../bin/inputs';
import { formatProblem, readDeployment } from '../../regions/config';
import { readLock } from '../../regions/lock';
import { planDeployment } from '../../regions/plan';
import { yamlFile } from '../support/config';

const DEPLOYMENTS = path.join(__dirname, '..', '..', 'regions', 'deployments');
const shipped = deploymentNames().map(
  (name) => parse(readFileSync(path.join(DEPLOYMENTS, `${name}.yaml`), 'utf8'), { merge: true }) as unknown,
);

const RUNS = process.env['CI'] === 'true' ? 2000 : 150;

const LOCATED = /^\S*demo\.yaml:\d+:\d+ .*got .+, allowed .+, change .+$/;

/** What a tired person, a merge or a template engine leaves in a file. */
const junk = oneof(
  string(),
  integer(),
  double(),
  constantFrom(
    null,
    true,
    '',
    [],
    {},
    '0.0.0.0/0',
    '10.0.0.0/8',
    't3.micro',
    'us-east-1',
    'latest',
    '-1',
    '${VAR}',
    'a'.repeat(300),
    '\u0000\n',
    '__proto__',
  ),
  anything({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value) ?? 'null') as unknown),
);

interface Place {
  readonly parent: Record<string, unknown>;
  readonly key: string;
}

const isBlock = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const placesIn = (value: unknown): Place[] =>
  isBlock(value) ? Object.keys(value).flatMap((key) => [{ parent: value, key }, ...placesIn(value[key])]) : [];

/** One to three changes to a deployment that ships. */
function spoiled(g: GeneratorValue): unknown {
  const config = structuredClone(g(constantFrom, ...shipped));
  for (const change of g(array, constantFrom('replace', 'remove', 'add', 'copy'), { minLength: 1, maxLength: 3 })) {
    const places = placesIn(config);
    const { parent, key } = g(constantFrom, ...places);
    const other = g(constantFrom, ...places);
    if (change === 'remove') delete parent[key];
    else if (change === 'add') parent[`${key}x`] = g(() => junk);
    else parent[key] = change === 'copy' ? structuredClone(other.parent[other.key]) : g(() => junk);
  }
  return config;
}

test(`a deployment spoiled in ${RUNS} ways is planned, or told what is wrong with it, line by line`, () => {
  const lock = readLock();
  assert(
    property(gen(), (g) => {
      const read = readDeployment(yamlFile(stringify(spoiled(g), { aliasDuplicateObjects: false })));
      const plans = read.ok && lock.ok ? planDeployment(read.config, lock.lock) : [];
      for (const problem of read.ok ? [] : read.problems) expect(formatProblem(problem)).toMatch(LOCATED);
      expect(read.ok ? plans.length : read.problems.length).toBeGreaterThan(0);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
}, 300_000);
