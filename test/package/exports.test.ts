import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as voicecell from '../../index';

const ROOT = path.join(__dirname, '..', '..');

interface Exported {
  readonly name: string;
  /** That `index.ts` takes it from. */
  readonly file: string;
}

const sourceOf = (from: string, target: string): string => {
  const place = path.join(path.dirname(from), target);
  return existsSync(`${place}.ts`) ? `${place}.ts` : path.join(place, 'index.ts');
};

/** What a file passes on from others. */
const passedOn = (file: string): Exported[] =>
  [...readFileSync(file, 'utf8').matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+)'/gm)].flatMap(
    ([, names = '', target = '']) =>
      names
        .split(',')
        .map((name) => name.trim().replace(/^type /, ''))
        .filter(Boolean)
        .map((name) => ({ name, file: sourceOf(file, target) })),
  );

/** Where it is declared, however many files pass it on. */
function declared({ name, file }: Exported): Exported {
  const further = passedOn(file).find((one) => one.name === name);
  return further ? declared(further) : { name, file };
}

const exported = passedOn(path.join(ROOT, 'index.ts')).map(declared);

test.each(exported)('$name says what it is', ({ name, file }) => {
  const documented = new RegExp(
    String.raw`\*/\nexport (?:abstract )?(?:class|interface|type|const|function) ${name}\b`,
  );
  expect(readFileSync(file, 'utf8')).toMatch(documented);
});

/** What an exported class or interface holds, without what is private in it. */
function publicFieldsOf({ name, file }: Exported): readonly RegExpExecArray[] {
  const text = readFileSync(file, 'utf8');
  const [, body = ''] = new RegExp(`(?:class|interface) ${name} [^]*?\\{\n([^]*?)\n\\}`).exec(text) ?? [];
  return [...`\n${body}`.matchAll(/([^\n]*)\n {2}readonly (\w+)\??: (?:readonly )?(\w+)/g)];
}

const props = exported.filter(({ name }) => name.endsWith('Props'));

test.each(props)('$name says what each property is', (one) => {
  const fields = publicFieldsOf(one);
  expect(fields.length).toBeGreaterThan(0);
  expect(fields.filter(([, above = '']) => !above.endsWith('*/')).map(([, , field]) => field)).toEqual([]);
});

/** Of TypeScript and of the CDK. */
const FROM_ELSEWHERE: ReadonlySet<string> = new Set(['Readonly', 'Record', 'ITopic', 'IKey', 'IBucket']);

test('whoever names the type of what a construct takes or has finds it exported', () => {
  const names = new Set(exported.map(({ name }) => name));
  const types = exported
    .filter(({ file }) => file.startsWith(path.join(ROOT, 'lib')))
    .flatMap(publicFieldsOf)
    .map(([, , , type = '']) => type);
  expect(types.length).toBeGreaterThan(20);
  expect(types.filter((type) => /^[A-Z]/.test(type) && !names.has(type) && !FROM_ELSEWHERE.has(type))).toEqual([]);
});

test('a foreign app finds the constructs, the readers and the checks', () => {
  expect(Object.keys(voicecell).toSorted()).toEqual([
    'CellStack',
    'CoLocation',
    'ColocatedCell',
    'CopiesStack',
    'GuardStack',
    'GuardrailsStack',
    'NetworkStack',
    'RecordsStack',
    'VoiceRegion',
    'VoicecellAlways',
    'VoicecellFinra',
    'VoicecellHipaa',
    'VoicecellSoc2',
    'WatchStack',
    'checkedPacks',
    'featureFlags',
    'formatProblem',
    'guardrailsFor',
    'ledgerProblems',
    'planDeployment',
    'readDeployment',
    'readInputs',
    'readLock',
    'readWaivers',
    'unitsOf',
    'wholeApp',
  ]);
});
