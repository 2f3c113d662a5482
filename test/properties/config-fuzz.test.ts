import { readFileSync } from 'node:fs';
import path from 'node:path';
import { anything, constantFrom, double, integer, oneof, string, uint8Array, type GeneratorValue } from 'fast-check';
import { parse } from 'yaml';
import { deploymentNames } from '../../bin/inputs';
import { formatProblem, readDeployment } from '../../regions/config';
import { readLock } from '../../regions/lock';
import type { DeploymentConfig } from '../../regions/config/schema';
import { planDeployment } from '../../regions/plan';
import type { RegionPlan } from '../../regions/plan/types';
import { CASES, holds } from './cases';
import { between, oneOf, several } from './config/draw';
import { brokenBy } from './invariants';
import { fileOf, textOf, yamlFile } from './yaml';

const DEPLOYMENTS = path.join(__dirname, '..', '..', 'regions', 'deployments');
const shipped = deploymentNames().map(
  (name) => parse(readFileSync(path.join(DEPLOYMENTS, `${name}.yaml`), 'utf8'), { merge: true }) as unknown,
);

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
  const config = structuredClone(oneOf(g, shipped));
  for (const change of several(g, 1, 3, () => oneOf(g, ['replace', 'remove', 'add', 'copy']))) {
    const places = placesIn(config);
    const { parent, key } = oneOf(g, places);
    const other = oneOf(g, places);
    if (change === 'remove') delete parent[key];
    else if (change === 'add') parent[`${key}x`] = g(() => junk);
    else parent[key] = change === 'copy' ? structuredClone(other.parent[other.key]) : g(() => junk);
  }
  return config;
}

const lock = readLock();

/** What the reader lets through must be as sound as what was made to be valid. */
function brokenIn(config: DeploymentConfig, plan: RegionPlan): unknown {
  const region = config.regions[plan.region];
  return region && brokenBy({ config, region, plan });
}

/** Planned, or told why not, line by line; anything thrown fails the property. */
function isPlannedOrTold(file: string): void {
  const read = readDeployment(file);
  const plans = read.ok && lock.ok ? planDeployment(read.config, lock.lock) : [];
  for (const plan of plans) expect(read.ok && brokenIn(read.config, plan)).toEqual({});
  for (const problem of read.ok ? [] : read.problems) expect(formatProblem(problem)).toMatch(LOCATED);
  expect(read.ok ? plans.length : read.problems.length).toBeGreaterThan(0);
}

test('a deployment spoiled anywhere is planned, or told what is wrong with it', () => {
  holds(CASES, spoiled, (config) => isPlannedOrTold(fileOf(config)));
}, 300_000);

/** Lines that mean something to YAML, put anywhere into a deployment that ships. */
const SYNTAX = [
  '<<: 5',
  '- a',
  '? [a]',
  'x: *a',
  '&a',
  '!!set {a}',
  '%YAML 1.1',
  '---',
  '\t',
  '"',
  ': ',
  '{',
  '\u0000',
  '~:',
];

const NOISE = oneof(constantFrom(...SYNTAX), string());

function garbled(g: GeneratorValue): string {
  const lines = textOf(oneOf(g, shipped)).split('\n');
  const noise = g(() => NOISE);
  const indent = ' '.repeat(2 * between(g, 0, 4));
  return lines.toSpliced(between(g, 0, lines.length), between(g, 0, 2), `${indent}${noise}`).join('\n');
}

test('text that is hardly YAML is told what is wrong with it', () => {
  holds(CASES / 4, garbled, (text) => isPlannedOrTold(yamlFile(text)));
}, 300_000);

test('any bytes are told what is wrong with them', () => {
  holds(
    CASES / 4,
    (g) => g(uint8Array, { maxLength: 300 }),
    (bytes) => isPlannedOrTold(yamlFile(bytes)),
  );
}, 300_000);
