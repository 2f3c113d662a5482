import { formatProblem, readDeployment, type Problem } from '../../regions/config';
import { CASES, holds } from './cases';
import { validDeployment } from './config/deployment';
import { oneOf, some, type Draw } from './config/draw';
import { MUTATIONS, type Loose, type Mutation } from './mutations';
import { TEXT, type TextMutation } from './mutations/text';
import { TOGETHER } from './mutations/together';
import { positionOf } from './spot';
import { textOf, yamlFile } from './yaml';

interface Spoiled {
  readonly text: string;
  /** Where the problems must stand: `line:column path`. */
  readonly places: readonly string[];
}

/** A valid deployment with these mistakes. */
function spoiled(g: Draw, mutations: readonly Mutation[]): Spoiled {
  const config = validDeployment(g, Object.assign({}, ...mutations.map(({ wishes }) => wishes)));
  const copy = structuredClone(config) as unknown as Loose;
  const region = oneOf(g, Object.keys(config.regions));
  const spots = mutations.map(({ make }) => make(copy, { g, region, config }));
  const text = textOf(copy);
  return { text, places: spots.map((spot) => placeOf({ ...positionOf(text, spot), path: spot.path.join('.') })) };
}

function spoiledText(g: Draw, { spoil }: TextMutation): Spoiled {
  const { text, line, col } = spoil(textOf(validDeployment(g)));
  return { text, places: [placeOf({ line, col, path: '' })] };
}

const placeOf = ({ line, col, path }: Pick<Problem, 'line' | 'col' | 'path'>): string => `${line}:${col} ${path}`;

const LOCATED = /^\S*demo\.yaml:\d+:\d+ .*got .+, allowed .+, change .+$/;

function isRefused({ text, places }: Spoiled): void {
  const read = readDeployment(yamlFile(text));
  const problems = read.ok ? [] : read.problems;
  expect(problems.map(placeOf)).toEqual(expect.arrayContaining([...places]));
  for (const problem of problems) expect(formatProblem(problem)).toMatch(LOCATED);
}

const named = <T extends { readonly name: string }>(rows: readonly T[]) => rows.map((row) => [row.name, row] as const);

const EACH = Math.ceil(CASES / 2 / MUTATIONS.length);

describe('told is where it stands, what was found, what may stand there and what to change, of', () => {
  test.each(named(MUTATIONS))('%s', (_, mutation) => holds(EACH, (g) => spoiled(g, [mutation]), isRefused), 120_000);

  test.each(named(TEXT))('%s', (_, mutation) => holds(EACH, (g) => spoiledText(g, mutation), isRefused), 120_000);
});

const together = (g: Draw): readonly Mutation[] => some(g, TOGETHER, 2, 5).map((row) => oneOf(g, row));

test('several mistakes of one deployment are told all at once', () => {
  holds(CASES / 4, (g) => spoiled(g, together(g)), isRefused);
}, 300_000);
